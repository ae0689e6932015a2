"""Shortages (缺料): found, verified, who is hit, the ways out in money and days, and the cause in the end."""
