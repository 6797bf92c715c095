"""Films from a phone on the same network: a page with an address of its own, open for minutes."""

from plumbline.receive._inbox import Inbox, Incoming
from plumbline.receive._server import OPEN_S, Certificate, Receiver, network_address

__all__ = ["OPEN_S", "Certificate", "Inbox", "Incoming", "Receiver", "network_address"]
