package import Reporting

/// What the manifests of some runs say of their set-up: machine, commit, versions, Redis' settings, and the fields of the
/// scenario, each with every value that it has in one of them. Seeds are left out, since repetitions have different ones.
package struct SetupFacts: Equatable, Sendable {
    /// The values by the names that manifests have for them.
    private var values: [String: Set<String>] = [:]

    /// The facts that these manifests state, and the values of what a sweep varies, by axis.
    package init(_ manifests: [Manifest], varying parameters: [String: String] = [:]) {
        for (axis, value) in parameters { values["workload.\(axis)", default: []].insert(value) }
        for manifest in manifests {
            for (name, value) in Self.facts(manifest) { values[name, default: []].insert(value) }
        }
    }

    /// In what these are not the same as others, by name.
    package func differences(to other: SetupFacts) -> [DifferenceTable.Row] {
        Set(values.keys).union(other.values.keys).sorted().compactMap { name in
            let (own, others) = (values[name] ?? [], other.values[name] ?? [])
            guard own != others else { return nil }
            return DifferenceTable.Row(name: name, base: Self.text(own), compared: Self.text(others))
        }
    }

    /// What repetitions of one set-up can't have several values of, and these runs have, by name.
    var mixed: [String] {
        let own = ["protocol", "durability", "instance", "transport"]
        return values.filter { name, values in
            values.count > 1 && (own.contains(name) || name.hasPrefix("workload."))
        }.keys.sorted()
    }

    private static func facts(_ manifest: Manifest) -> [(String, String)] {
        let (host, redis) = (manifest.host, manifest.redis)
        let machine: [(String, String?)] = [
            ("host.name", host.name), ("host.kernel", host.kernel), ("host.cpu_model", host.cpuModel),
            ("host.cores", "\(host.cores)"), ("host.memory_bytes", "\(host.memoryBytes)"),
            ("host.cgroup.cpus", host.cgroup.cpus.map { "\($0)" }), ("host.cgroup.cpuset", host.cgroup.cpuset),
            ("host.cgroup.memory_bytes", host.cgroup.memoryBytes.map { "\($0)" }),
            ("commit", "\(manifest.commit.prefix(12))\(manifest.dirty ? " with changes" : "")"),
        ]
        let server: [(String, String?)] = [
            ("redis.version", redis.version), ("redis.save", redis.save), ("redis.appendonly", redis.appendonly),
            ("redis.appendfsync", redis.appendfsync), ("redis.maxmemory", redis.maxmemory),
            ("redis.maxmemory-policy", redis.maxmemoryPolicy), ("redis.io-threads", redis.ioThreads),
            ("transport", manifest.transport), ("protocol", manifest.protocolName),
            ("durability", manifest.durability), ("instance", manifest.instance),
        ]
        let known = (machine + server).compactMap { name, value in value.map { (name, $0) } }
        return known + manifest.versions.map { ("versions.\($0.key)", $0.value) } + scenario(manifest.workload)
    }

    /// The fields of a scenario; of a sweep whose runs are gone, its plan by its sum.
    private static func scenario(_ workload: JSONValue) -> [(String, String)] {
        guard case .object(let fields) = workload else { return [] }
        guard let plan = fields["plan_sha256"] else { return flat(fields, under: "workload.") }
        return [("workload.plan_sha256", plan.text)]
    }

    private static func flat(_ fields: [String: JSONValue], under prefix: String) -> [(String, String)] {
        fields.flatMap { name, value in
            if case .object(let inner) = value { return flat(inner, under: "\(prefix)\(name).") }
            guard name != "seed" else { return [] }
            return [(prefix + name, value.text)]
        }
    }

    private static func text(_ values: Set<String>) -> String {
        let shown = values.sorted().prefix(4).map { $0.isEmpty ? "(empty)" : $0 }
        let rest = values.count > shown.count ? ", … (\(values.count) values)" : ""
        return shown.isEmpty ? "–" : shown.joined(separator: ", ") + rest
    }
}
