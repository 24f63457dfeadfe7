"""The members' site: pages for those who help. A view names the actor, calls one action and pure code, and renders."""
