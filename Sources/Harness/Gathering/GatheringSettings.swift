import Messaging
import ReliableQueue
import Workload

/// How a run gathers its parts from several hosts, instead of starting them itself.
package struct GatheringSettings: Sendable {
    /// The name under which they join.
    package var name: String
    /// How long they may take to come.
    package var patience: Duration
    /// The folder that all of them write their journals into, where hosts share one; `nil` to collect them over Redis.
    package var journals: String?

    /// Gathers the parts of the run of that name.
    package init(name: String, patience: Duration = .seconds(60), journals: String? = nil) {
        self.name = name
        self.patience = patience
        self.journals = journals
    }

    /// How many parts a run has of each role.
    static func needed(_ settings: RunSettings) -> [PartRole: Int] {
        let scenario = settings.scenario
        return [
            .worker: scenario.workers, .load: scenario.generators,
            .monitor: settings.queueProtocol == .pop ? 0 : scenario.monitors,
            .sink: settings.sink == nil && scenario.wantsSink ? 1 : 0,
        ]
    }

    /// Throws when a run is told something that only one on this host can do.
    static func check(_ settings: RunSettings) throws(HarnessError) {
        guard settings.redis != nil else { throw .usage("--gather needs a server that all hosts reach: say --redis") }
        let scenario = settings.scenario
        let unfit: String? =
            switch true {
            case scenario.fault != nil: "fault"
            case scenario.rtt != nil: "rtt"
            case scenario.instance != nil: "instance"
            case scenario.cores != nil: "cores"
            case scenario.cpuLimit != nil: "cpu-limit"
            case settings.sinkSecurity != .plaintext: "sink-ca"
            default: nil
            }
        if let unfit {
            throw .usage("\(unfit) is for processes that the run starts itself: leave it out, or leave out --gather")
        }
        switch scenario.arrival {
        case .closed:
            throw .usage("a closed loop follows workers on its own host: say another --arrival, or leave out --gather")
        case .trace: throw .usage("a trace is a file of one host: say another --arrival, or leave out --gather")
        default: break
        }
    }
}
