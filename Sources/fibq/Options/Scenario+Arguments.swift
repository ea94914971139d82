import ArgumentParser
import Workload

extension Scenario {
    /// Throws what the parser takes for bad usage unless everything is in its range, which is the same for a scenario
    /// and for a process that is started by itself.
    func refuseOutOfRange() throws(ValidationError) {
        do throws(WorkloadError) {
            try checkRanges()
        } catch {
            throw ValidationError("\(error)")
        }
    }
}
