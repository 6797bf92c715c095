"""Films from and to a phone on the same network: a page with an address of its own, open for minutes."""

from plumbline.phone._door import OPEN_S, Certificate, Door, network_address
from plumbline.phone._giver import Giver
from plumbline.phone._inbox import Inbox, Incoming
from plumbline.phone._receiver import Receiver

__all__ = ["OPEN_S", "Certificate", "Door", "Giver", "Inbox", "Incoming", "Receiver", "network_address"]
