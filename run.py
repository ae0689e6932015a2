#!/usr/bin/env python3
"""Set up once, then run. Needs nothing but Python 3.11 to 3.14.

    python3 run.py demo        plan the demo factory, found its company and serve it
    python3 run.py test        all checks and tests, on SQLite and on PostgreSQL, in about half an hour
                               (--fast: in under 2, on SQLite alone; --stress: the long sizes as well)
    python3 run.py test -k moq what is left over goes to pytest; tests that are named so run in one process and on
                               SQLite, or as --database sqlite|postgres|both says
    python3 run.py test --mutants   does a test turn red for each of many small faults? (about 4 minutes)
    python3 run.py pictures    examine every screen in a browser and renew the guide's pictures, in about half an hour
    python3 run.py ANYTHING    `huoku ANYTHING`

The first call makes the environment .venv beside this file: what the lock files pin, nothing else. Later calls
find a stamp there and start at once. A set-up that was interrupted starts afresh; .venv may be deleted at any time.

An older Python must be able to read this file and to say what is wrong, so its syntax stays that of Python 3.6.
"""

import hashlib
import importlib.util
import os
import subprocess
import sys
import time
from contextlib import contextmanager

try:
    import fcntl
except ImportError:  # Windows has no such lock; two set-ups at the same moment are left to luck there
    fcntl = None

OLDEST, NEWEST = (3, 11), (3, 14)
ROOT = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(ROOT, ".venv")
STAMP = os.path.join(VENV, "huoku-stamp.txt")
RUN_LOCK, DEV_LOCK = "requirements.lock", "requirements-dev.lock"
UNFINISHED = "unfinished\n"
WINDOWS = os.name == "nt"
SCRIPTS = os.path.join(VENV, "Scripts" if WINDOWS else "bin")
PYTHON = os.path.join(SCRIPTS, "python.exe" if WINDOWS else "python")
UV = os.path.join(SCRIPTS, "uv.exe" if WINDOWS else "uv")
TEST_SECONDS = 2400
LACKING = 77  # the exit code of a check for which the machine lacks a program
CHINESE = next((v for v in map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG")) if v), "").lower().startswith("zh")


def main(arguments: list) -> int:
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        return run_with_another_python(arguments)
    # Where it is set each process would compile all its sources anew: Django's alone take a second or two.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    testing = arguments[:1] in (["test"], ["pictures"])
    if not is_ready(testing):
        with one_at_a_time():
            if not is_ready(testing):  # another call may have done it while this one waited
                set_up(testing)
    if testing:
        return (pictures if arguments[0] == "pictures" else test)(arguments[1:])
    command = [PYTHON, "-m", "huoku", *arguments]
    # What people are told to try next must run as they ran this.
    environment = {**os.environ, "HUOKU_TYPED": f"{os.path.basename(sys.executable)} {sys.argv[0]}"}
    if WINDOWS:  # where exec would return to the prompt at once
        return subprocess.call(command, env=environment)
    os.execve(PYTHON, command, environment)


# ---- Which Python ---------------------------------------------------------------------------------------------


def run_with_another_python(arguments: list) -> int:
    """This Python is too old or too new: hand over to a fitting one, or say what to install."""
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        name = f"python3.{minor}"
        try:
            subprocess.check_output([name, "-c", ""], stderr=subprocess.DEVNULL)
        except (OSError, subprocess.CalledProcessError):
            continue
        return subprocess.call([name, os.path.abspath(__file__), *arguments])
    fail(
        f"huoku 需要 Python 3.11 到 3.14，这里是 {sys.version.split()[0]}，也没有找到别的版本。\n"
        "请安装合适的版本（例如从 python.org），再用它运行：python3.12 run.py demo",
        f"huoku needs Python 3.11 to 3.14; this is {sys.version.split()[0]}, and no other was found.\n"
        "Install one (from python.org, say) and call it by name: python3.12 run.py demo",
    )


# ---- The environment ------------------------------------------------------------------------------------------


def is_ready(testing: bool) -> bool:
    """Does the stamp say that this environment, at this place, holds what the lock file of today asks for?"""
    return set(stamp_lines([DEV_LOCK if testing else RUN_LOCK])) <= set(read(STAMP).splitlines())


def stamp_lines(locks: list) -> list:
    place = ["root " + ROOT, "python " + os.path.realpath(PYTHON)]
    return place + [lock + " " + hashlib.sha256(read(os.path.join(ROOT, lock)).encode()).hexdigest() for lock in locks]


def set_up(testing: bool) -> None:
    started = time.monotonic()
    say("正在准备运行环境 .venv（只需一次，不到一分钟）…", "Preparing the environment .venv (once, under a minute) ...")
    before = read(STAMP)
    if not is_sound(before):
        make_environment()
    write(STAMP, UNFINISHED)
    with_tests = testing or DEV_LOCK in before
    sync(DEV_LOCK if with_tests else RUN_LOCK)
    site_packages = output_of([PYTHON, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]).strip()
    # A relative path, because Python under LC_ALL=C stops dead at a .pth file that names a Chinese folder.
    write(os.path.join(site_packages, "huoku.pth"), os.path.relpath(os.path.join(ROOT, "src"), site_packages) + "\n")
    run([PYTHON, "-m", "compileall", "-q", os.path.join(ROOT, "src")])
    if run([PYTHON, "-m", "huoku", "warm"]):
        say("预编译没有成功；第一次大的计划会慢一些。", "Compiling ahead failed; the first large plan will be slower.")
    # A tests' lock holds all that the other one holds.
    write(STAMP, "\n".join(stamp_lines([RUN_LOCK, DEV_LOCK] if with_tests else [RUN_LOCK])) + "\n")
    seconds = time.monotonic() - started
    say(f"环境已就绪，用时 {seconds:.0f} 秒。", f"The environment is ready after {seconds:.0f} seconds.")


def is_sound(stamp: str) -> bool:
    """May the environment that is there be kept and only brought up to date?"""
    if stamp:
        return set(stamp_lines([])) <= set(stamp.splitlines())
    # No stamp: somebody made it by hand. Kept when it is an environment of a fitting Python with pip.
    question = f"import os, sys, pip; sys.exit(not ({OLDEST} <= sys.version_info[:2] <= {NEWEST}))"
    return os.path.exists(PYTHON) and subprocess.call([PYTHON, "-c", question], stderr=subprocess.DEVNULL) == 0


def make_environment() -> None:
    has_ensurepip = importlib.util.find_spec("ensurepip") is not None
    if importlib.util.find_spec("venv") is None or not (has_ensurepip or importlib.util.find_spec("pip")):
        fail(
            "这个 Python 缺少 venv 或 pip。Debian、Ubuntu 上请运行：apt install python3-venv",
            "This Python lacks venv or pip. On Debian or Ubuntu: apt install python3-venv",
        )
    made = run([sys.executable, "-m", "venv", "--clear", "--without-pip", VENV]) == 0
    if made:
        write(STAMP, UNFINISHED)  # before pip comes, so that half a pip is never taken for a whole one
    if not made or (has_ensurepip and run([PYTHON, "-m", "ensurepip"], quiet=True)):
        fail(f"无法建立环境 {VENV}。", f"The environment {VENV} could not be made.")


def pip() -> list:
    """pip for the environment: its own, or the one outside where Debian has split ensurepip off."""
    own = subprocess.call([PYTHON, "-c", "import pip"], stderr=subprocess.DEVNULL) == 0
    command = [PYTHON, "-m", "pip"] if own else [sys.executable, "-m", "pip", "--python", PYTHON]
    return [*command, "--disable-pip-version-check"]


def sync(lock: str) -> None:
    """Install exactly what the lock pins, by uv where it can be had, else by pip."""
    if os.path.exists(UV) or install_uv() == 0:
        command = [UV, "pip", "sync", "--require-hashes", "--python", PYTHON, os.path.join(ROOT, lock)]
        if not sys.stderr.isatty():
            command.append("--quiet")
        if run(command, {**settings_for_uv(), **os.environ}) == 0:
            return
    say("uv 不可用，改用 pip（慢一些）。", "uv does not work here; pip takes its place, which is slower.")
    if run([*pip(), "install", "--quiet", "--require-hashes", "--no-deps", "-r", os.path.join(ROOT, lock)]):
        fail(
            "依赖包没有装上：原因见上。请检查网络，或 pip 的 index-url、proxy、cert 设置，然后再运行一次。",
            "The packages could not be installed, for the reason above. Check the network, or pip's settings of\n"
            "index-url, proxy and cert, and run this again.",
        )


def install_uv() -> int:
    """uv by the pin of the tests' lock."""
    lines = iter(read(os.path.join(ROOT, DEV_LOCK)).splitlines())
    pin = [next(line for line in lines if line.startswith("uv=="))]
    while pin[-1].endswith("\\"):
        pin.append(next(lines))
    requirement = os.path.join(VENV, "uv-pin.txt")
    write(requirement, "\n".join(pin) + "\n")
    return run([*pip(), "install", "--quiet", "--require-hashes", "--no-deps", "-r", requirement])


def settings_for_uv() -> dict:
    """pip's settings in uv's words: whoever has set up pip for a closed network need not do it twice."""
    import ast  # here, because it takes as long to load as all the rest of a later call

    found = {}
    lines = output_of([*pip(), "config", "list"]).splitlines()
    # What is set for `install` is nearer than what is set for all, and the environment is the nearest.
    for line in sorted(lines, key=lambda line: (line.startswith(":env:"), line.startswith("install."))):
        name, _, value = line.partition("=")
        section, _, key = name.rpartition(".")
        if section in ("global", "install", ":env:"):
            found[key] = ast.literal_eval(value).split()
    # pip takes the best match of all indexes, uv that of the first one. The hashes keep strangers out.
    settings = {"UV_INDEX_STRATEGY": "unsafe-best-match", "UV_SYSTEM_CERTS": "true"}
    for theirs, ours, between in (
        ("index-url", "UV_DEFAULT_INDEX", " "),
        ("extra-index-url", "UV_INDEX", " "),
        ("find-links", "UV_FIND_LINKS", ","),
        ("trusted-host", "UV_INSECURE_HOST", " "),
        ("cert", "SSL_CERT_FILE", " "),
        ("client-cert", "SSL_CLIENT_CERT", " "),
        ("proxy", "ALL_PROXY", " "),
        ("default-timeout", "UV_HTTP_TIMEOUT", " "),
        ("timeout", "UV_HTTP_TIMEOUT", " "),
    ):
        if found.get(theirs):
            settings[ours] = between.join(found[theirs])
    return settings


# ---- The tests ------------------------------------------------------------------------------------------------


def test(arguments: list) -> int:
    """Every check in turn, each with its result and time; fails when one of them fails."""
    if {"-h", "--help"} & set(arguments):
        print(__doc__)
        return 0
    if "--mutants" in arguments:
        names = [argument for argument in arguments if argument != "--mutants"]
        return subprocess.call([PYTHON, os.path.join(ROOT, "tests", "mutants", "kill.py"), *names], cwd=ROOT)
    fast, stress = "--fast" in arguments, "--stress" in arguments
    where, rest = databases([argument for argument in arguments if argument not in ("--fast", "--stress")], fast)
    if stress:
        os.environ["HUOKU_STRESS"] = "1"  # properties are tried on many more examples
    marks = "" if stress else "not slow and not stress" if fast else "not stress"
    pytest = [PYTHON, "-m", "pytest", *processes(rest)]
    stages = [
        ("ruff check", [PYTHON, "-m", "ruff", "check", "--quiet", "."]),
        ("ruff format", [PYTHON, "-m", "ruff", "format", "--check", "--quiet", "."]),
        ("lint-imports", [PYTHON, "-c", "import importlinter.cli as c; c.lint_imports_command()"]),
        # Before the tests: else each of their processes compiles for itself.
        ("huoku warm", [PYTHON, "-m", "huoku", "warm"]),
    ]
    if "sqlite" in where:
        stages.append(("pytest", [*pytest, "-m", marks, *rest]))
    if "postgres" in where:
        provided = [PYTHON, os.path.join("tests", "server", "postgres.py"), *([] if stress else ["--quick"])]
        named = names_tests(rest)
        there = marks if named or stress else marks + " and not either_database"
        stages.append(("on PostgreSQL", [*provided, *pytest, "-m", there, *rest, *([] if named else ["tests/server"])]))
    started, failed = time.monotonic(), []
    types = begun([PYTHON, "-m", "mypy", "--no-error-summary"], shown=False)  # beside the rest: it takes one core alone
    for name, command in [*stages, ("mypy (waited)", None)]:
        begin = time.monotonic()
        left = None if stress else max(1, TEST_SECONDS - (begin - started))
        shown = name in ("pytest", "on PostgreSQL")
        result = result_of(begun(command, shown) if command else types, left, shown)
        failed += [name] if result == "FAILED" else []
        print(f"{result:<8}{name:<14}{time.monotonic() - begin:6.1f} s", flush=True)
    seconds = time.monotonic() - started
    print(f"FAILED: {', '.join(failed)} ({seconds:.0f} s)" if failed else f"All checks passed ({seconds:.0f} s)")
    return 1 if failed else 0


def pictures(arguments: list) -> int:
    """The guide's pictures of every screen, or of those that are named."""
    return subprocess.call([PYTHON, "-m", "tests.browser.pictures", *arguments], cwd=ROOT)


def names_tests(rest: list) -> bool:
    """Does what goes to pytest name tests, by a path, a -k or a -m?"""
    return any(not argument.startswith("-") for argument in rest)


def processes(rest: list) -> list:
    """One process a core for all tests. A few that are named are there sooner in one, where a debugger works too."""
    return [] if names_tests(rest) else ["-n", "logical", "--maxprocesses", "4", "--dist", "worksteal"]


def databases(arguments: list, fast: bool = False) -> tuple:
    """(on which databases the tests run, what is left of the arguments)"""
    if "--database" not in arguments:
        everywhere = not fast and not names_tests(arguments) and not WINDOWS  # where postgres.py finds no shell
        return (("sqlite", "postgres") if everywhere else ("sqlite",)), arguments
    place = arguments.index("--database")
    asked = "".join(arguments[place + 1 : place + 2])
    if asked not in ("sqlite", "postgres", "both"):
        fail("--database 之后请写 sqlite、postgres 或 both。", "--database wants sqlite, postgres or both.")
    return (("sqlite", "postgres") if asked == "both" else (asked,)), arguments[:place] + arguments[place + 2 :]


def begun(command: list, shown: bool) -> subprocess.Popen:
    """One check that runs from the root; what it prints is shown at once, or only when it fails."""
    pipe = None if shown else subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, stdout=pipe, stderr=pipe and subprocess.STDOUT)


def result_of(check: subprocess.Popen, seconds: "float | None", shown: bool) -> str:
    with check:
        try:
            told, _ = check.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            check.terminate()  # and not kill: it may have processes of its own to end
            say(f"超过 {TEST_SECONDS} 秒，已停止。", f"Stopped: the checks may take {TEST_SECONDS} seconds together.")
            return "FAILED"
    if check.returncode and not shown:
        print(told.decode(errors="replace"))
    return {0: "ok", LACKING: "lacking"}.get(check.returncode, "FAILED")


# ---- Small things ---------------------------------------------------------------------------------------------


@contextmanager
def one_at_a_time():
    """Wait while another call sets up. The lock is on this very file, so nothing is left lying about."""
    with open(__file__, "rb") as this_file:
        if fcntl:
            fcntl.flock(this_file, fcntl.LOCK_EX)
        yield


def run(command: list, environment: "dict | None" = None, quiet: bool = False) -> int:
    """Run a step of the set-up. Its words go to stderr: stdout belongs to what the user asked for."""
    out = subprocess.DEVNULL if quiet else sys.stderr
    return subprocess.call(command, stdin=subprocess.DEVNULL, stdout=out, env=environment)


def output_of(command: list) -> str:
    return subprocess.run(command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True).stdout


def read(path: str) -> str:
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except FileNotFoundError:
        return ""


def write(path: str, text: str) -> None:
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def say(chinese: str, english: str) -> None:
    print(chinese if CHINESE else english, file=sys.stderr, flush=True)


def fail(chinese: str, english: str) -> None:
    say(chinese, english)
    sys.exit(2)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
