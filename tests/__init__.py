"""Tests. Two workers share two cores: threads of linear algebra would wait for each other by spinning."""

from plumbline.machine import settle

settle()
