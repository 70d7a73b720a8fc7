"""The locked packages are those the project names."""

import tomllib
from collections.abc import Iterable

from packaging.requirements import Requirement

import dev

PROJECT = tomllib.loads((dev.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
NAMED = PROJECT["project"]["dependencies"]
NAMED_FOR_TESTS = [
    *PROJECT["project"]["optional-dependencies"]["postgresql"],
    *PROJECT["dependency-groups"]["test"],
]


def locked(wanted: str) -> dict[str, str]:
    """Return the version of each locked package by its name."""
    heads = [package.split()[0].partition("==") for package in dev.packages(dev.pinned(wanted))]
    return {name: version for name, _equal, version in heads}


def unmet(named: Iterable[str], wanted: str) -> list[str]:
    """Return the requirements that the lock does not meet."""
    versions = locked(wanted)
    requirements = map(Requirement, named)
    return [
        str(requirement)
        for requirement in requirements
        if not requirement.specifier.contains(versions.get(requirement.name, "0.dev0"), prereleases=False)
    ]


def test_what_the_service_needs_is_locked_to_run() -> None:
    assert unmet(NAMED, "run") == []


def test_what_the_tests_need_is_locked_to_test() -> None:
    assert unmet([*NAMED, *NAMED_FOR_TESTS], "test") == []


def test_what_only_tests_need_is_not_installed_to_run() -> None:
    both = {Requirement(named).name for named in NAMED_FOR_TESTS} & locked("run").keys()

    assert both == set()


def test_the_lock_names_no_host() -> None:
    assert "://" not in dev.LOCK.read_text(encoding="utf-8")


def test_every_locked_package_has_a_hash() -> None:
    bare = [package for package in dev.packages(dev.pinned("test")) if "--hash=sha256:" not in package]

    assert bare == []
