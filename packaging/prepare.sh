#!/bin/sh
# Prepares this folder to run DigitPad: system packages, .venv, the pinned dependencies.
# `sh packaging/prepare.sh` is enough for the app, `sh packaging/prepare.sh dev` is for the tests too, and
# `sh packaging/prepare.sh package` is for building the standalone app, in an environment of its own.
# Takes some hundredths of a second when there is nothing to do.
set -eu
cd "$(dirname "$0")/.."

goal=${1:-}
venv=.venv
requirements="requirements.txt"
case $goal in
    dev) requirements="$requirements requirements-dev.txt" ;;
    package)
        venv=build/package/venv
        requirements="packaging/requirements.txt"
        ;;
esac

# The system libraries that Qt's wheels need, and the Debian and Ubuntu package of each. The names are those before the
# transition to 64-bit time ("t64"): newer releases provide them too.
qt_libraries() {
    cat <<'LIBRARIES'
libEGL.so.1 libegl1
libGL.so.1 libgl1
libX11.so.6 libx11-6
libX11-xcb.so.1 libx11-xcb1
libdbus-1.so.3 libdbus-1-3
libfontconfig.so.1 libfontconfig1
libfreetype.so.6 libfreetype6
libglib-2.0.so.0 libglib2.0-0
libgssapi_krb5.so.2 libgssapi-krb5-2
libbrotlidec.so.1 libbrotli1
libwayland-client.so.0 libwayland-client0
libwayland-cursor.so.0 libwayland-cursor0
libwayland-egl.so.1 libwayland-egl1
libxcb.so.1 libxcb1
libxcb-cursor.so.0 libxcb-cursor0
libxcb-glx.so.0 libxcb-glx0
libxcb-icccm.so.4 libxcb-icccm4
libxcb-image.so.0 libxcb-image0
libxcb-keysyms.so.1 libxcb-keysyms1
libxcb-randr.so.0 libxcb-randr0
libxcb-render.so.0 libxcb-render0
libxcb-render-util.so.0 libxcb-render-util0
libxcb-shape.so.0 libxcb-shape0
libxcb-shm.so.0 libxcb-shm0
libxcb-sync.so.1 libxcb-sync1
libxcb-util.so.1 libxcb-util1
libxcb-xfixes.so.0 libxcb-xfixes0
libxcb-xkb.so.1 libxcb-xkb1
libxkbcommon.so.0 libxkbcommon0
libxkbcommon-x11.so.0 libxkbcommon-x11-0
LIBRARIES
}

stop() {
    echo "$1" >&2
    exit 1
}

# TensorFlow has no wheels for Python 3.14 yet; DigitPad's own code needs 3.11.
is_suitable() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' >/dev/null 2>&1
}

# The packaged app contains Python's own library, and in it the path of the folder that Python was built for: that of the
# system's Python reveals nothing about this machine.
find_python() {
    [ "$goal" != package ] || system_python=/usr/bin/python3
    for name in ${PYTHON:-} ${system_python:-} python3 python3.13 python3.12 python3.11; do
        if is_suitable "$name"; then
            echo "$name"
            return
        fi
    done
}

missing_for_python() {
    if [ -x $venv/bin/pip ]; then
        return
    elif [ -n "$python" ]; then
        # Debian and Ubuntu have what `venv` needs in a separate package.
        "$python" -c 'import ensurepip' 2>/dev/null ||
            "$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'
    elif command -v python3 >/dev/null; then
        echo python3.11 python3.11-venv # the system's Python is too old or too new
    else
        echo python3 python3-venv
    fi
}

missing_for_qt() {
    ldconfig=$(PATH="$PATH:/usr/sbin:/sbin" command -v ldconfig) || return 0
    installed=$("$ldconfig" -p)
    qt_libraries | while read -r library package; do
        case $installed in
            *"$library (libc6,"*) ;; # with the comma: 32-bit libraries are listed without it
            *) echo "$package" ;;
        esac
    done
    fonts=$(find /usr/share/fonts /usr/local/share/fonts "${HOME:-/}/.fonts" "${HOME:-/}/.local/share/fonts" \
        \( -name '*.tt[fc]' -o -name '*.otf' \) -print -quit 2>/dev/null) || true
    [ -n "$fonts" ] || echo fonts-dejavu-core
}

# Tools that read libraries and make Debian packages, the font cache that every desktop has (packaging/debian.py says
# why), a virtual X server for the proof, and Python as a library, which Debian and Ubuntu have in a separate package.
missing_for_package() {
    [ "$goal" = package ] || return 0
    command -v fc-cache >/dev/null || echo fontconfig
    command -v Xvfb >/dev/null || echo xvfb
    ! command -v dpkg >/dev/null || command -v dpkg-shlibdeps >/dev/null || echo dpkg-dev
    for tool in objdump objcopy strip; do
        command -v $tool >/dev/null || { echo binutils && break; }
    done
    [ -z "$python" ] || "$python" - <<'CODE'
import ctypes, sys, sysconfig
name, folder = (sysconfig.get_config_var(name) or "" for name in ("INSTSONAME", "LIBDIR"))
for place in (name, f"{folder}/{name}"):
    try:
        ctypes.CDLL(place)
        break
    except OSError:
        pass
else:
    print("libpython%d.%d" % sys.version_info[:2])
CODE
}

install_packages() {
    if ! command -v apt-get >/dev/null; then
        echo "DigitPad needs the packages that Debian calls $*; if it does not start, please install them." >&2
    elif [ "$(id -u)" -eq 0 ]; then
        echo "Installing system packages: $*"
        export DEBIAN_FRONTEND=noninteractive
        log=$(apt-get update -qq 2>&1) || echo "apt cannot update its package lists; trying with the old ones." >&2
        log=$(apt-get install -y -qq --no-install-recommends "$@" 2>&1) || stop "$log
These system packages could not be installed: $*."
    else
        stop "DigitPad needs some system packages first: sudo apt-get update && sudo apt-get install $*"
    fi
}

if [ -e $venv ] && ! is_suitable $venv/bin/python; then
    stop "The folder $venv has no working Python 3.11, 3.12 or 3.13: remove it (rm -r $venv) and try again."
fi
python=$(find_python)
if [ "$(uname -s)" = Linux ]; then
    # shellcheck disable=SC2046 # one word for each package
    set -- $(missing_for_python) $(missing_for_qt) $(missing_for_package)
    [ $# -eq 0 ] || install_packages "$@"
    python=$(find_python)
fi

if [ ! -x $venv/bin/pip ]; then
    [ -n "$python" ] || stop "DigitPad needs Python 3.11, 3.12 or 3.13, and none was found."
    echo "Making $venv with $("$python" --version)."
    "$python" -m venv $venv
fi
for file in $requirements; do
    # A copy of the file that was installed shows whether there is anything to do.
    installed=$venv/installed-$(basename "$file")
    if ! cmp -s "$file" "$installed"; then
        echo "Installing the packages in $file into $venv; the first time this takes some minutes."
        quiet=--quiet
        [ ! -t 1 ] || quiet=
        $venv/bin/python -m pip install $quiet --disable-pip-version-check --no-input -r "$file" ||
            stop "The packages in $file could not be installed; see pip's message above."
        cp "$file" "$installed"
    fi
done
