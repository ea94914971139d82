import Measurement
import Workload

/// A queue whose waits are known: arrivals at random (M), one server, and how its service times vary.
package enum QueueModel: String, CaseIterable, Sendable {
    /// All equal.
    case fixed = "M/D/1"
    /// Exponentially distributed.
    case exponential = "M/M/1"

    /// Its name in cells and folders.
    var shortName: String { rawValue.replacing("/", with: "").lowercased() }

    /// Tasks that sleep so long on average.
    func mix(service: Duration) throws(WorkloadError) -> TaskMix {
        let milliseconds = service / .milliseconds(1)
        let distribution: Distribution =
            switch self {
            case .fixed: .fixed(milliseconds)
            case .exponential: .exponential(mean: milliseconds)
            }
        return try TaskMix(entries: [MixEntry(kind: .sleep, distribution: distribution)])
    }

    /// The time that a share of the tasks does not wait longer than, in units of the mean service time.
    ///
    /// - Parameter utilisation: below 1.
    func wait(share: Double, utilisation: Double) -> Double {
        switch self {
        case .fixed: FixedServiceQueue(utilisation: utilisation).wait(share: share)
        case .exponential: ExponentialServiceQueue(utilisation: utilisation).wait(share: share)
        }
    }

    /// The service time of that mean.
    func serviceTime(mean: Double) -> ServiceTime {
        switch self {
        case .fixed: .fixed(mean)
        case .exponential: .exponential(mean: mean)
        }
    }
}
