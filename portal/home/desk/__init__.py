"""The desk: what waits for the posts a person holds, as a queue that is worked through from the top."""
