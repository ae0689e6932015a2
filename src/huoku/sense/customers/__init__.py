"""Who orders what, how regularly, and what that tells of an item's future use."""

from huoku.sense.customers.by_customers import ByCustomers, by_customers
from huoku.sense.customers.profiles import customer_profiles
from huoku.sense.customers.rhythm import Rhythm
from huoku.sense.customers.streams import Streams, streams

__all__ = ["ByCustomers", "Rhythm", "Streams", "by_customers", "customer_profiles", "streams"]
