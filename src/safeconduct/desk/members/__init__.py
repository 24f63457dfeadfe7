"""The people of the organisation: who they are, how they prove it, and how a lost key comes back."""
