"""What `pip install` calls: maturin, after a look whether there is a compiler.

Without one maturin has pip fetch another than rust-toolchain.toml names, and fails after that with a backtrace.
"""

from __future__ import annotations

import shutil
import sys
from typing import Any

import maturin
from maturin import (  # noqa: F401
    build_editable,
    build_sdist,
    build_wheel,
    get_requires_for_build_sdist,
    prepare_metadata_for_build_editable,
    prepare_metadata_for_build_wheel,
)


def _expect_compiler() -> None:
    if shutil.which("cargo") is None:
        sys.exit(
            "redress is compiled when it is installed, and there is no Rust on the PATH: install it from https://rustup.rs, open a new "
            "terminal, and install redress again"
        )


def get_requires_for_build_wheel(config_settings: Any = None) -> list[str]:
    _expect_compiler()
    return maturin.get_requires_for_build_wheel(config_settings)


def get_requires_for_build_editable(config_settings: Any = None) -> list[str]:
    _expect_compiler()
    return maturin.get_requires_for_build_editable(config_settings)
