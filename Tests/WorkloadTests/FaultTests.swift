import Testing
import Workload

/// Faults as text.
@Suite struct FaultTests {
    @Test(arguments: [
        "kill-worker", "pause-worker@every", "kill-worker@claim:sent", "kill-monitor@LREM:before",
        "kill-producer@every",
        "pause-worker@effect", "kill-worker@task", "power-cut", "pause-all-monitors",
    ]) func readsBackAsItself(text: String) throws {
        #expect(try Fault(parsing: text).description == text)
    }

    @Test(arguments: [
        ("kill-wroker", "unknown fault"), ("", "unknown fault"), ("kill-worker@", "the boundary of a fault"),
        ("kill-worker@claim", "the boundary of a fault"), ("kill-worker@claim:during", "the boundary of a fault"),
        ("kill-worker@:sent", "the boundary of a fault"), ("power-cut@every", "fault cannot be"),
    ]) func saysWhatIsWrong(text: String, words: String) {
        let error = #expect(throws: WorkloadError.self) { try Fault(parsing: text) }
        #expect(error.map { "\($0)".contains(words) } == true, "\(String(describing: error))")
    }

    @Test func scenariosSayIt() throws {
        let vocabulary = Scenario.Vocabulary(queueProtocols: ["lease"], durabilities: ["none"])
        func scenario(_ text: String) throws -> Scenario {
            let scenario = try ScenarioFile(yaml: text, name: "s.yaml", vocabulary: vocabulary).scenario
            try scenario.validate(vocabulary: vocabulary)
            return scenario
        }
        let read = try scenario(
            "tasks: 1\nfault: kill-worker@every\nfaults: 20\nfault-pause: 100ms\nfault-patience: 2s")
        #expect(read.fault == Fault(.killWorker, .everywhere))
        #expect(read.faults == 20)
        #expect(read.faultPause == .milliseconds(100))
        #expect(read.faultPatience == .seconds(2))
        #expect(try ScenarioFile(yaml: read.yaml(), name: "s.yaml", vocabulary: vocabulary).scenario == read)
        #expect(try scenario("tasks: 1\nfault: none").fault == nil)
        #expect(throws: (any Error).self) { try scenario("tasks: 1\nfaults: 0") }
        // Somebody has to be there to be hit.
        #expect(throws: WorkloadError.self) { try scenario("tasks: 1\nfault: kill-monitor") }
        #expect(throws: WorkloadError.self) {
            try scenario("tasks: 1\nfault: kill-monitor@every\nmonitors-in-workers: false")
        }
        #expect(try scenario("tasks: 1\nfault: kill-monitor@every").fault?.kind == .killMonitor)
        #expect(try scenario("tasks: 1\nfault: pause-all-monitors\nmonitors: 2").monitors == 2)
    }

    /// Any fault is one that can happen there.
    @Test func anyIsWhatTheServersCanDo() {
        var scenario = Scenario()
        func kinds() -> Set<FaultKind> { Set(FaultKind.anyOf(scenario, hasProducer: true)) }
        #expect(kinds().isSuperset(of: [.powerCut, .fullDisk, .rollingRestart, .killProducer]))
        #expect(kinds().isDisjoint(with: [.failOver, .moveSlot, .partitionMaster, .any, .killMonitor]))
        scenario.topology = .sentinel
        #expect(kinds().isSuperset(of: [.failOver, .rollingRestart, .partitionMaster]))
        #expect(kinds().isDisjoint(with: [.moveSlot, .powerCut, .fullDisk]))
        scenario.topology = .cluster
        #expect(kinds().isSuperset(of: [.failOver, .moveSlot, .partitionMaster]))
        (scenario.topology, scenario.durability, scenario.monitors) = (.standalone, "replicated:1", 1)
        #expect(kinds().isSuperset(of: [.failOver, .killMonitor]))
        #expect(!FaultKind.anyOf(scenario, hasProducer: false).contains(.killProducer))
    }
}
