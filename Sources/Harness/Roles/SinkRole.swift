import Messaging
import Processes
package import ReliableQueue
package import Workload

/// One sink process: takes the messages that workers place, until it is told to stop.
package struct SinkRole: Sendable {
    /// Where it listens: `unix:///path` or `tcp://host:port`.
    package var address: String
    /// The file that keeps the messages.
    package var ledger: String
    /// Where a record a second is written; `nil` for nowhere.
    package var journal: String?
    /// The certificate chain and its key, PEM files; `nil` for no encryption.
    package var certificate: (chain: String, key: String)?
    /// How it behaves.
    package var conditions = SinkConditions()
    /// The seed of its delays and faults.
    package var seed: UInt64 = 1

    /// A sink at that address, which keeps its messages in that file.
    package init(address: String, ledger: String) {
        self.address = address
        self.ledger = ledger
    }

    /// Serves until `stop` is set.
    ///
    /// - Parameter onListening: told once, with the address that was bound and how many messages the file had.
    package func run(
        until stop: StopSignal, onListening: @escaping @Sendable (_ address: String, _ recovered: Int) -> Void
    ) throws(HarnessError) {
        do {
            let sink = try MessageSink(settings())
            let recovered = sink.recovered
            if sink.tornBytes > 0 {
                StandardError.write(
                    "fibq: \(ledger): the last \(sink.tornBytes) bytes are no whole message; moved to \(ledger).torn\n")
            }
            try AsyncWork.finish {
                try await sink.serve(until: { await stop.wait() }) { onListening("\($0)", recovered) }
            }
        } catch {
            throw HarnessError(error)
        }
    }

    private func settings() throws -> SinkSettings {
        let storage: LedgerStorage = conditions.storage == .file ? .file(ledger) : .memory(writtenAtEnd: ledger)
        var settings = SinkSettings(address: try SinkAddress(address), storage: storage)
        if let certificate { settings.security = .tls(certificates: certificate.chain, key: certificate.key) }
        settings.journal = journal
        settings.onTrouble = { [ledger] trouble in
            let words = trouble.map { "messages are not stored: \($0)" } ?? "messages are stored again"
            StandardError.write("fibq: sink: \(ledger): \(words)\n")
        }
        settings.behaviour = conditions.behaviour(seed: seed)
        return settings
    }
}

extension SinkConditions {
    /// These conditions as the sink takes them.
    fileprivate func behaviour(seed: UInt64) -> SinkBehaviour {
        var behaviour = SinkBehaviour()
        behaviour.seed = seed
        if delay != .none { behaviour.delay = Self.drawing(delay) }
        if let slow {
            behaviour.verySlowFraction = slow.fraction
            behaviour.verySlowDelay = Self.drawing(slow.delay)
        }
        if let failing {
            behaviour.failedFraction = failing.fraction
            behaviour.failedStatus = MessageStatus(name: failing.status) ?? .unavailable
        }
        behaviour.droppedFraction = dropFraction
        return behaviour
    }

    /// Draws delays from the sink's own sequence.
    private static func drawing(_ delay: SinkDelay) -> SinkBehaviour.Delay {
        let sampler = delay.sampler
        return { random in
            var seeds = SplitMix64(seed: random.next())
            var source = RandomSource(seeds: &seeds)
            return sampler.sample(using: &source)
        }
    }
}
