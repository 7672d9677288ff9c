"""The demonstration: the bloc of 2020 from decision to conference, nine signatures and minutes, and three blocs of this year at work.

Everything is built through the same verbs as in earnest, by plainly made-up people, with the clock set to the day.
"""
