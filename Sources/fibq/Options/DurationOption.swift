import ArgumentParser
import Workload

/// A duration on the command line, with its unit: `500ms`, `30s`.
struct DurationOption: ExpressibleByArgument {
    let duration: Duration

    init(_ duration: Duration) {
        self.duration = duration
    }

    init?(argument: String) {
        guard let duration = try? Duration(parsing: argument) else { return nil }
        self.duration = duration
    }

    var defaultValueDescription: String { duration.textWithUnit }
}
