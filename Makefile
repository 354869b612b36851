# `make run` opens DigitPad, `make test` passes its tests; both first install what is missing.
PYTHON_HERE = .venv/bin/python
SEED = 1
ENGINE = bfloat16
# One process more than cores, because tests also wait, for windows and other processes; each takes some 2 GB once it has
# loaded TensorFlow. An idle process takes over tests from the others.
CORES = $(shell getconf _NPROCESSORS_ONLN)
# Libraries that would each use all cores would be in one another's way.
TEST_PYTHON = OPENBLAS_NUM_THREADS=1 OPENCV_FOR_THREADS_NUM=1 $(PYTHON_HERE)
SIDE_BY_SIDE = --numprocesses $(shell expr $(CORES) + 1) --maxprocesses 4 --dist worksteal

# Tests start DigitPad many times, and each time all its modules would be compiled again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run test test-quick coverage package model accuracy reliability mistakes montage bench bench-long \
	check-exports screenshots animation clean

help:
	@echo "make run          open DigitPad (without a display: test it and leave pictures in build/self-test)"
	@echo "make test         check style and types, then run all tests"
	@echo "make test-quick   check style, then run the tests that are not slow"
	@echo "make coverage     run all tests and say which share of each package they reach: less than before is an error"
	@echo "make package      build the standalone app in dist/, an archive and a Debian package, and prove that both work"
	@echo "make model        train the shipped model again: under half an hour on two cores that multiply bfloat16 matrices,"
	@echo "                  several times as long on others; INK=file INK_SOURCE=\"who made it, licence\" to add real writers' ink"
	@echo "make accuracy     measure the shipped model on everything; with INK=file also on real writers' ink (some 5 minutes)"
	@echo "make reliability  draw in build/ how honest the shipped model's confidence is; INK=file as above"
	@echo "make mistakes     show in build/ all digits of MNIST's test set that the shipped model reads wrong"
	@echo "make montage      show in build/ what synthesised ink looks like; INK=file to see it beside real ink"
	@echo "make bench        measure how fast DigitPad starts, answers and reads files, and whether it ever freezes"
	@echo "make bench-long   measure training, answers meanwhile, time to accuracy and how cost grows (most of an hour)"
	@echo "make check-exports  open exports in older versions of Keras, each in a fresh environment (some minutes, downloads)"
	@echo "make screenshots  take the pictures in docs/screenshots again"
	@echo "make animation    film the window for the README again"
	@echo "make clean        remove what tests and builds left behind; .venv stays"

run:
	@sh packaging/prepare.sh
	@if [ "$$(uname -s)" = Linux ] && [ -z "$$DISPLAY$$WAYLAND_DISPLAY$$QT_QPA_PLATFORM" ]; then \
		echo "There is no display here, so DigitPad tests itself without one and leaves pictures in build/self-test."; \
		exec $(PYTHON_HERE) main.py self-test --screenshots build/self-test; \
	else \
		exec $(PYTHON_HERE) main.py; \
	fi

# The types are checked, for half a minute in one process, beside the tests.
test:
	@sh packaging/prepare.sh dev
	@$(PYTHON_HERE) -m ruff check --quiet
	@$(PYTHON_HERE) -m ruff format --check --quiet
	@$(PYTHON_HERE) -m mypy & types=$$!; $(TEST_PYTHON) -m pytest -q $(SIDE_BY_SIDE); tests=$$?; wait $$types && exit $$tests

test-quick:
	@sh packaging/prepare.sh dev
	@$(PYTHON_HERE) -m ruff check --quiet
	@$(PYTHON_HERE) -m ruff format --check --quiet
	@$(TEST_PYTHON) -m pytest -q $(SIDE_BY_SIDE) -m "not slow"

coverage:
	@sh packaging/prepare.sh dev
	@$(TEST_PYTHON) -m pytest -q $(SIDE_BY_SIDE) --cov --cov-report=
	@$(PYTHON_HERE) -m tests.coverage_floors

package:
	@sh packaging/prepare.sh package
	@build/package/venv/bin/python packaging/build.py

# Into a folder of its own first: a run that fails leaves the shipped model as it is.
model:
	@sh packaging/prepare.sh
	@rm -rf build/model
	DIGITPAD_DATA_DIR=build/model $(PYTHON_HERE) main.py train --preset digitpad --seed $(SEED) --name DigitPad --engine $(ENGINE) \
		$(if $(INK),--ink "$(INK)") $(if $(INK_SOURCE),--ink-source "$(INK_SOURCE)")
	@rm -rf assets/models/digitpad
	@mkdir -p assets/models
	@cp -R build/model/models/* assets/models/digitpad
	@echo "The new model is in assets/models/digitpad."

accuracy:
	@sh packaging/prepare.sh
	@$(PYTHON_HERE) -m benchmarks.evaluation.accuracy $(if $(INK),--ink "$(INK)")

reliability:
	@sh packaging/prepare.sh
	@$(PYTHON_HERE) -m benchmarks.evaluation.reliability build/reliability.png $(if $(INK),--ink "$(INK)")

mistakes:
	@sh packaging/prepare.sh
	@$(PYTHON_HERE) -m benchmarks.evaluation.mistakes build/mistakes.png

montage:
	@sh packaging/prepare.sh
	@$(PYTHON_HERE) -m benchmarks.evaluation.montage build/ink.png $(if $(INK),--ink "$(INK)")

# Alone on the machine, or the figures say nothing.
bench:
	@sh packaging/prepare.sh
	@for measure in start answer inside own_digits freezes predict_files; do \
		echo; echo "== $$measure"; $(PYTHON_HERE) -m benchmarks.speed.$$measure || exit 1; \
	done

bench-long:
	@sh packaging/prepare.sh
	@for measure in training "answer --training" time_to_accuracy scale; do \
		echo; echo "== $$measure"; $(PYTHON_HERE) -m benchmarks.speed.$$measure || exit 1; \
	done

# From the package index: a few megabytes for each version of Keras.
check-exports:
	@sh packaging/prepare.sh
	@$(PYTHON_HERE) -m benchmarks.evaluation.exports

screenshots:
	@sh packaging/prepare.sh
	$(PYTHON_HERE) main.py self-test --screenshots docs/screenshots

animation:
	@sh packaging/prepare.sh
	@$(PYTHON_HERE) -m benchmarks.animation docs/screenshots/drawing.png

clean:
	@rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find core gui tests benchmarks packaging -name __pycache__ -prune -exec rm -rf {} +
	@rm -rf __pycache__
