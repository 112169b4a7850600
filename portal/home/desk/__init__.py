"""The desk: all that waits for somebody with a post, his own and his post's, worked through from the top."""
