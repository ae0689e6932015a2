"""How compiled kernels are optimized: once, within the kernel that Python calls.

The compiler optimizes each function on its own, and again within each one that calls it. Kernels call each other six
deep, so the innermost would be optimized six times. Those that only other kernels call are left as they are written
until the outermost is complete.
"""

from typing import Any

from numba.core.codegen import JITCodeLibrary
from numba.core.registry import cpu_target


def optimize_once(inner: str) -> None:
    """Have kernels whose name ends in ``inner`` optimized only within those that call them."""

    class OptimizedOnce(JITCodeLibrary):
        def _optimize_final_module(self) -> Any:
            if not self.name.endswith(inner):
                super()._optimize_final_module()

    cpu_target.target_context.codegen()._library_class = OptimizedOnce
