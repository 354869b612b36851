"""Digits from folders of pictures and ink files."""

import contextlib
import os
import shutil
import sys

import cv2
import numpy as np
import pytest

from core.datasets.sources import find_source
from core.errors import DataSetError
from core.wording.messages import sentences


@pytest.fixture
def folder(tmp_path, some):
    """Thirty digits as dark-on-light pictures, in subfolders 0 to 9."""
    root = tmp_path / "mine"
    for index in range(30):
        subfolder = root / str(some.labels[index])
        subfolder.mkdir(parents=True, exist_ok=True)
        sheet = np.zeros((120, 120), np.uint8)
        sheet[4:116, 4:116] = cv2.resize(some.images[index], (112, 112), interpolation=cv2.INTER_NEAREST)
        cv2.imwrite(str(subfolder / f"{index:02}.png"), 255 - sheet)
    return root


def test_folder_of_pictures(folder, some):
    data = find_source(str(folder)).load()
    assert (data.name, len(data.train), len(data.test)) == ("mine", 26, 4)
    assert data.notes == () and data.test_origin == "a seventh of mine, kept out of training"
    together = np.array(data.train.counts()) + data.test.counts()
    assert together.tolist() == list(some.take(slice(30)).counts())
    # each picture became nearly the image that it was made from; a rounded whole-pixel shift is the most it may lose
    originals = some.images[:30].astype(np.float32)
    differences = np.abs(data.train.images[:, None] - originals).mean(axis=(2, 3))
    assert np.array_equal(some.labels[differences.argmin(axis=1)], data.train.labels)
    assert np.median(differences.min(axis=1)) < 2


def test_folder_of_ink_files(tmp_path):
    trace = '<ink xmlns="http://www.w3.org/2003/InkML"><trace>{}</trace></ink>'
    for digit, points in ((1, "50 10, 50 90"), (7, "20 10, 80 10, 40 90")):
        (tmp_path / str(digit)).mkdir()
        for index in range(6):
            (tmp_path / str(digit) / f"{index}.inkml").write_text(trace.format(points))
    data = find_source(str(tmp_path)).load()
    assert np.array(data.train.counts())[[1, 7]].tolist() == [5, 5]
    assert data.train.images[0].max() == 255


def test_summary_of_a_folder(folder, some):
    summary = find_source(str(folder)).check()
    assert (summary.train_images, summary.test_images) == (26, 4)
    assert summary.counts == some.take(slice(30)).counts() and summary.notes == ()


def test_a_few_unreadable_pictures_are_left_out_and_counted(folder):
    (folder / "1" / "broken.png").write_text("not a picture")
    cv2.imwrite(str(folder / "7" / "empty.png"), np.full((50, 50), 255, np.uint8))
    (folder / "7" / ".hidden").write_text("ignored")
    (folder / "7" / "Thumbs.db").write_text("ignored")
    data = find_source(str(folder)).load()
    assert len(data.train) + len(data.test) == 30
    [note] = sentences(data.notes)
    assert note.startswith("2 of 32 files cannot be read as digits and are left out; first: ")
    assert "broken.png" in note
    assert sentences(find_source(str(folder)).check().notes)[0].startswith("2 of 32 tried files cannot be read")


def test_what_lies_where_no_digits_are_looked_for_is_named(folder):
    for name in ("10", "1/more", ".git"):
        (folder / name).mkdir()
    shutil.copy(next((folder / "1").glob("*.png")), folder / "one.png")
    (folder / "README.txt").write_text("no digit")
    note = "Only files directly in the subfolders 0 to 9 are used; left out: “10”, “one.png”, “1/more”."
    assert (
        sentences(find_source(str(folder)).load().notes) == sentences(find_source(str(folder)).check().notes) == (note,)
    )


def test_a_folder_of_mostly_unreadable_files_is_refused(folder, problem_of):
    for index in range(8):
        (folder / "3" / f"bad{index}.png").write_text("not a picture")
    sentence = problem_of(folder)
    assert sentence.startswith("mine: at least 8 of 38 files in its subfolders cannot be read as digits; the first: ")


@pytest.mark.parametrize("read", ["load", "check"])
def test_no_more_is_read_once_too_many_are_unreadable(tmp_path, read):
    (tmp_path / "0").mkdir()
    for index in range(20):
        (tmp_path / "0" / f"{index:02}.png").write_text("not a picture")
    calls = []
    with pytest.raises(DataSetError, match=r"at least 5 of 20 files .* the first: 00\.png: "):
        getattr(find_source(str(tmp_path)), read)(lambda: calls.append(1))
    assert len(calls) < 20 + 20


def test_looking_for_files_ends_at_any_of_them(tmp_path, ends_everywhere):
    (tmp_path / "0").mkdir()
    for index in range(30):
        (tmp_path / "0" / f".{index:02}").write_text("ignored")
    (tmp_path / "0" / "folder").mkdir()

    def read(checkpoint):
        with contextlib.suppress(DataSetError):  # there is no file
            find_source(str(tmp_path)).load(checkpoint)

    ends_everywhere(read, at_least=31)


def test_folders_without_digits(tmp_path, folder, problem_of):
    assert problem_of(tmp_path).endswith(": there are no subfolders 0 to 9 with pictures of digits in it.")
    (tmp_path / "empty" / "4").mkdir(parents=True)
    assert problem_of(tmp_path / "empty") == "empty: there are no files in its subfolders 0 to 9."


def test_a_folder_with_too_few_pictures_or_one_digit(folder, problem_of):
    for digit in range(1, 10):
        shutil.rmtree(folder / str(digit))
    assert "at least 10 images are needed" in problem_of(folder)
    for index in range(10):
        shutil.copy(next((folder / "0").glob("*.png")), folder / "0" / f"copy{index}.png")
    assert "every label is 0; at least 2 different digits are needed" in problem_of(folder)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets not everybody make links")
def test_links_are_followed_where_they_lead_anywhere(folder):
    picture = next((folder / "1").glob("*.png"))
    (folder / "1" / "link.png").symlink_to(picture)
    (folder / "1" / "round.png").symlink_to("round.png")
    (folder / "1" / "nowhere.png").symlink_to("nothing")
    data = find_source(str(folder)).load()
    assert (len(data.train) + len(data.test), data.notes) == (31, ())


@pytest.mark.skipif(sys.platform != "linux", reason="other systems know no such names")
def test_names_that_are_not_utf_8(folder):
    latin = os.fsdecode(b"gr\xfc\xdfe")
    shutil.copy(next((folder / "1").glob("*.png")), folder / "1" / f"{latin}.png")
    (folder / "1" / f"{latin} broken.png").write_text("not a picture")
    folder = folder.rename(folder.with_name(latin))
    data, summary = find_source(str(folder)).load(), find_source(str(folder)).check()
    assert len(data.train) + len(data.test) == 31
    assert "gr??e broken.png: " in sentences(data.notes)[0] and data.name == summary.name == "gr??e"


@pytest.mark.parametrize("read", ["load", "check"])
def test_reading_ends_at_any_file(folder, read, ends_everywhere):
    ends_everywhere(lambda checkpoint: getattr(find_source(str(folder)), read)(checkpoint), at_least=30)
