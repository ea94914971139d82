internal import Yams

extension Scenario {
    /// The scenario as YAML that reads back as this one; a limit that is not set is left out.
    ///
    /// Throws what Yams throws when it cannot write.
    package func yaml() throws -> String {
        let pairs = Key.allCases.compactMap { key in
            text(of: key).map { text in
                let isFreeText = key == .name || key == .description
                return (Node(key.rawValue), Node(text, .implicit, isFreeText ? .doubleQuoted : .plain))
            }
        }
        return try Yams.serialize(node: Node(pairs))
    }

    /// Every field that is set, as a file names it, with its canonical text.
    package var fields: [(name: String, text: String)] {
        Key.allCases.compactMap { key in text(of: key).map { (key.rawValue, $0) } }
    }

    /// A field's canonical text, which reads back as its value; `nil` for a limit that is not set.
    func text(of key: Key) -> String? {
        switch key {
        case .name: name
        case .description: description
        case .mix: mix.description
        case .arrival: arrival.description
        case .tasks: tasks.map(String.init)
        case .duration: duration?.textWithUnit
        case .drain: drain.textWithUnit
        case .payload: payload.map(String.init)
        case .rtt: rtt?.textWithUnit
        case .generators: "\(generators)"
        case .workers: "\(workers)"
        case .slots: "\(slots)"
        case .claim: "\(claim)"
        case .lockDepth: "\(lockDepth)"
        case .lease: lease.textWithUnit
        case .monitors: "\(monitors)"
        case .monitorInterval: monitorInterval.textWithUnit
        case .monitorsInWorkers: "\(monitorsInWorkers)"
        case .queueProtocol: queueProtocol
        case .durability: durability
        case .topology: topology.rawValue
        case .minReplicas: "\(minReplicas)"
        case .shards: "\(shards)"
        case .producerKeeps: "\(producerKeeps)"
        case .cores: cores.map(String.init)
        case .cpuLimit: cpuLimit.map { "\($0)" }
        case .instance: instance
        case .credits: credits
        case .timeScale: timeScale.map(\.shortText)
        case .instanceRoles: instanceRoles.map(InstanceRole.text)
        case .sinkDelay: sink.delay == .none ? nil : sink.delay.description
        case .sinkSlow: sink.slow?.description
        case .sinkFail: sink.failing?.description
        case .sinkDrop: sink.dropFraction == 0 ? nil : SinkConditions.text(ofFraction: sink.dropFraction)
        case .sinkStorage: sink.storage == .file ? nil : sink.storage.rawValue
        case .timeLimit: timeLimit?.textWithUnit
        case .fault: fault?.description
        case .faults: fault == nil ? nil : String(faults)
        case .faultPause: fault == nil ? nil : faultPause.textWithUnit
        case .faultPatience: fault == nil ? nil : faultPatience.textWithUnit
        case .seed: "\(seed)"
        }
    }
}
