# shellcheck shell=sh
# Finding a JDK, and installing what is missing, for the scripts at the top of the tree. Sourced by
# them; plain POSIX shell. Whoever sources it sets LOG, the file that takes the noise.

JDK_MIN=17

say() { printf '%s\n' "$*" >&2; }

# jdk_version DIR: the feature number of the JDK in DIR; fails when there is no compiler in it.
jdk_version() {
    [ -x "$1/bin/javac" ] && [ -x "$1/bin/java" ] || return 1
    text=$(sed -n 's/^JAVA_VERSION="\(.*\)"/\1/p' "$1/release" 2>/dev/null || true)
    [ -n "$text" ] || text=$("$1/bin/javac" -version 2>&1 | sed -n 's/^javac //p')
    text=${text#1.}
    text=${text%%[!0-9]*}
    [ -n "$text" ] && printf '%s\n' "$text"
}

jdk_fits() {
    number=$(jdk_version "$1") && [ "$number" -ge "$JDK_MIN" ]
}

# find_jdk: sets JAVA_HOME to a JDK that fits: the one named already, the one on PATH, the first installed.
find_jdk() {
    if [ -n "${JAVA_HOME:-}" ] && jdk_fits "$JAVA_HOME"; then
        export JAVA_HOME
        return 0
    fi
    on_path=$(command -v javac || true)
    if [ -n "$on_path" ]; then
        on_path=$(readlink -f "$on_path")
        on_path=${on_path%/bin/javac}
    fi
    for candidate in "$on_path" /usr/lib/jvm/*; do
        if [ -n "$candidate" ] && jdk_fits "$candidate"; then
            JAVA_HOME=$candidate
            export JAVA_HOME
            return 0
        fi
    done
    return 1
}

# can_install: whether packages can be installed without asking anyone.
can_install() {
    command -v apt-get >/dev/null || return 1
    [ "$(id -u)" -eq 0 ] || sudo -n true 2>/dev/null
}

# install_packages NAME...: through apt, all or nothing.
install_packages() {
    as_root=
    [ "$(id -u)" -eq 0 ] || as_root='sudo -n'
    # An apt that runs already (a fresh machine updates itself) is waited for.
    set -- -y --no-install-recommends -o DPkg::Lock::Timeout=300 "$@"
    if [ -z "${APT_UPDATED:-}" ]; then
        $as_root apt-get update >>"$LOG" 2>&1 || true
        APT_UPDATED=yes
    fi
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install "$@" >>"$LOG" 2>&1
}

# need_jdk: as find_jdk, and installs one when there is none. Ends the script with 2 when that fails.
need_jdk() {
    find_jdk && return 0
    if can_install; then
        say "Installing a JDK (log: $LOG)"
        for package in default-jdk-headless openjdk-21-jdk-headless openjdk-17-jdk-headless; do
            if install_packages "$package" && find_jdk; then
                return 0
            fi
        done
    fi
    say "Almoner needs a JDK, version $JDK_MIN or newer: run 'sudo apt install default-jdk-headless', or set JAVA_HOME."
    exit 2
}
