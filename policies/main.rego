# METADATA
# title: All verdicts
# description: |
#   The entry point: what every control of every topic says, and of every package of a bank's own under fiduciary.custom.
package fiduciary.main

# METADATA
# scope: document
# title: Verdicts of the shipped topics and of a bank's own packages
verdicts contains verdict if some verdict in data.fiduciary.topics[_].verdict

verdicts contains verdict if some verdict in data.fiduciary.custom[_].verdict
