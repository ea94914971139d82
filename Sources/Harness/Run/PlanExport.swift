package import Workload

/// Writes a plan down as a file that ``ArrivalTrace`` reads, to be sent bit for bit as often as one likes.
package enum PlanExport {
    /// Writes a header and a line for each task of a scenario's plan.
    ///
    /// - Parameter write: takes pieces of the text, each of whole lines.
    /// - Throws: ``HarnessError/usage(_:)`` for a plan without an end.
    package static func write(_ scenario: Scenario, _ write: (String) throws -> Void) throws {
        if case .closed = scenario.arrival.loop, scenario.tasks == nil {
            throw HarnessError.usage("a closed loop has no plan without a number of tasks: say --tasks")
        }
        var text = ArrivalTrace.header + "\n"
        for task in try scenario.plan() {
            text += task.traceLine + "\n"
            guard text.utf8.count > 1 << 16 else { continue }
            try write(text)
            text = ""
        }
        try write(text)
    }
}
