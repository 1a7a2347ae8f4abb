"""Forms: which fields they have and what they ask for; they return values and call nothing."""
