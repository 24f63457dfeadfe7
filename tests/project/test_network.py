"""The network is closed for every test; `loopback` opens this machine and nothing beyond it."""

import socket
from contextlib import closing

import pytest
from pytest_socket import SocketBlockedError, SocketConnectBlockedError

ELSEWHERE = ("192.0.2.1", 9)  # RFC 5737: an address for documentation, where nobody is


def test_a_test_that_does_not_ask_has_no_sockets():
    # The plug-in warns as well as raises: a blocked call is seen even where the code under test catches everything.
    with pytest.warns(UserWarning, match="tried to use socket"), pytest.raises(SocketBlockedError):
        socket.socket(socket.AF_INET, socket.SOCK_STREAM)


@pytest.mark.loopback
def test_a_test_that_asks_reaches_this_machine():
    with (
        closing(socket.create_server(("127.0.0.1", 0))) as server,
        closing(socket.create_connection(server.getsockname())) as client,
    ):
        assert client.getpeername() == server.getsockname()


@pytest.mark.loopback
def test_a_test_that_asks_still_reaches_nobody_else():
    with (
        closing(socket.socket(socket.AF_INET, socket.SOCK_STREAM)) as client,
        pytest.warns(UserWarning, match="tried to use socket"),
        pytest.raises(SocketConnectBlockedError),
    ):
        client.connect(ELSEWHERE)
