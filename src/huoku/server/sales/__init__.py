"""What customers want: from the inquiry through the promise on true stock to the shipment."""
