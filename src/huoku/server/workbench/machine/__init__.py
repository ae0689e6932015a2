"""What the page of a resource tells: how full it is week by week, what is next on it, whom it makes late, how it
stands."""
