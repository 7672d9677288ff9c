"""The demonstration: one covenant of 2020 from decision to nine signatures, and two blocs of the current year in mid-work.

Everything is built through the same verbs as in earnest, by plainly made-up people, with the clock set to the day.
"""
