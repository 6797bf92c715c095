"""What is said where system libraries are missing."""

from __future__ import annotations

import pytest

from plumbline.errors import PlumblineError, opencv_libraries


def test_missing_system_library_names_the_packages() -> None:
    with pytest.raises(PlumblineError, match=r"apt-get install -y libgl1 libglib2\.0-0"), opencv_libraries():
        raise ImportError("libGL.so.1: cannot open shared object file: No such file or directory")


def test_other_import_errors_pass_through() -> None:
    with pytest.raises(ImportError, match="No module"), opencv_libraries():
        raise ImportError("No module named 'cv2'")
