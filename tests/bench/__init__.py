"""The measuring harness behind `make bench`.

It prints one table and writes bench.json. Nothing here asserts a time: figures are for people to compare,
and a slow machine is no defect. Every page is measured beside a bare Flask view that returns the same number
of bytes, under the same server, in turns in the same run, so that the ratio survives a change of machine.
"""
