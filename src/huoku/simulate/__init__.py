"""History replayed: what a factory's past would have cost under other rules of buying."""

from huoku.simulate.simulate import BASE, NAMES, Simulation, simulate

__all__ = ["BASE", "NAMES", "Simulation", "simulate"]
