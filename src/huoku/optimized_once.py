"""How compiled kernels are made: linked, optimized and turned into machine code once, within the kernel Python calls.

The compiler does all that for each function on its own, and again within each one that calls it. Kernels call each
other six deep, so the innermost would be done six times, and the machine code of all but the outermost never runs.
Those that only other kernels call stay as they are written until the outermost is complete.
"""

from typing import Any

from llvmlite.binding import parse_assembly
from numba.core.codegen import JITCodeLibrary
from numba.core.registry import cpu_target


class Written(JITCodeLibrary):
    """A kernel that only kernels call, as it is written. It has no machine code, so it cannot be cached."""

    def finalize(self) -> None:
        """It is complete as it is."""
        self._finalized = True

    def get_pointer_to_function(self, name: str) -> int:
        """Nowhere."""
        return 0

    @property
    def codegen(self) -> Any:
        """The compiler tells it where machine code finds its surroundings."""
        return self

    def set_env(self, name: str, env: Any) -> None:
        """There is none that could look for them."""


class Complete(JITCodeLibrary):
    """A kernel that Python calls, with all that it calls."""

    def finalize(self) -> None:
        """Link all that are called, however deep; then optimize and make machine code."""
        found = dict.fromkeys(self._linking_libraries)
        inner = [library for library in found if isinstance(library, Written)]
        while inner:
            for called in inner.pop()._linking_libraries:
                if called not in found:
                    found[called] = None
                    if isinstance(called, Written):
                        inner.append(called)
        self._linking_libraries = list(found)
        super().finalize()

    def serialize_using_object_code(self) -> tuple[str, str, tuple[bytes, bytes]]:
        """What is kept in a file: the machine code, and of what it was made the names alone.

        Nothing is ever linked with a kernel from a file, and taking in all of it would take a fifth of loading it.
        """
        made = self._final_module.functions
        names = [each.name for each in made if not each.is_declaration]
        outline = parse_assembly("\n".join(f'define void @"{name}"() {{ ret void }}' for name in names))
        return self.name, "object", (self._get_compiled_object(), outline.as_bitcode())

    def _optimize_final_module(self) -> None:
        """Without passes that gain nothing here: those that come first, since no kernel counts references, and those
        that look for sums over arrays to be done several at a time; plans are there no sooner with them."""
        passes, builder = self._codegen._module_pass_manager(opt=2, loop_vectorize=False, slp_vectorize=False)
        passes.run(self._final_module, builder)


def optimize_once(inner: str) -> None:
    """Have kernels whose name ends in ``inner`` linked, optimized and made only within those that call them."""
    codegen = cpu_target.target_context.codegen()
    codegen.create_library = lambda name: (Written if name.endswith(inner) else Complete)(codegen, name)
