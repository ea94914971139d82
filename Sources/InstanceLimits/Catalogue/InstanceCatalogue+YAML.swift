internal import Yams

extension InstanceCatalogue {
    /// Reads a catalogue: a list of sources, each with its date and its types.
    ///
    /// - Parameters:
    ///   - yaml: the text, in the form of `catalogue.yaml`.
    ///   - file: its name, for errors.
    /// - Throws: ``CatalogueError/invalid(file:line:problem:)`` at the first field or value that is unknown, missing or out of
    ///   its range.
    package init(yaml: String, file: String) throws(CatalogueError) {
        let root: Node?
        do { root = try Yams.compose(yaml: yaml) } catch {
            throw .invalid(file: file, line: nil, problem: "not YAML: \(error)".replacing("\n", with: " "))
        }
        let reader = CatalogueReader(file: file)
        var types: [InstanceType] = []
        for entry in try reader.list(root, called: "a catalogue", of: "sources, each with source, date and types") {
            let fields = try reader.fields(entry, ["source", "date", "types"])
            let source = try reader.text("source", in: fields, of: entry)
            let date = try reader.text("date", in: fields, of: entry)
            for node in try reader.list(fields["types"], called: "types", of: "instance types") {
                types.append(try reader.type(node, source, date))
            }
        }
        for (index, type) in types.enumerated() where types[..<index].contains(where: { $0.name == type.name }) {
            throw .invalid(file: file, line: nil, problem: "the type \(type.name) is there twice")
        }
        self.init(types)
    }
}

/// Reads the parts of a catalogue, and says where one of them is wrong.
private struct CatalogueReader {
    let file: String

    private static let creditFields = [
        "baseline_percent", "credits_per_hour", "maximum_credits", "launch_credits", "mode",
        "surplus_usd_per_processor_hour",
    ]
    private static let otherFields = [
        "name", "processors", "memory_gib", "processor", "network_gbps", "network_burst_gbps", "usd_per_hour",
    ]

    func type(_ node: Node, _ source: String, _ date: String) throws(CatalogueError) -> InstanceType {
        let fields = try fields(node, Self.otherFields + Self.creditFields)
        let processors = Int(try number("processors", in: fields, of: node, from: 1, isWhole: true))
        return InstanceType(
            name: try text("name", in: fields, of: node), processors: processors,
            memoryGiB: try number("memory_gib", in: fields, of: node, from: 0.001),
            processor: try text("processor", in: fields, of: node),
            credits: try credits(fields, node, processors: processors),
            networkGbps: (
                try number("network_gbps", in: fields, of: node), try number("network_burst_gbps", in: fields, of: node)
            ),
            usdPerHour: try number("usd_per_hour", in: fields, of: node), source: source, date: date)
    }

    private func credits(
        _ fields: [String: Node], _ node: Node, processors: Int
    ) throws(CatalogueError) -> CreditTerms? {
        guard Self.creditFields.contains(where: { fields[$0] != nil }) else { return nil }
        let name = try text("mode", in: fields, of: node)
        guard let mode = CreditTerms.Mode(rawValue: name) else {
            let allowed = CreditTerms.Mode.allCases.map(\.rawValue).joined(separator: " or ")
            throw error(fields["mode"] ?? node, "mode cannot be \(name.debugDescription); allowed: \(allowed)")
        }
        let share = try number("baseline_percent", in: fields, of: node, from: 0.1) / 100
        guard share <= 1 else { throw error(node, "baseline_percent is of one processor: at most 100") }
        let perHour = try number("credits_per_hour", in: fields, of: node)
        let baseline = share * Double(processors)
        guard abs(perHour - 60 * baseline) <= 0.01 * 60 * baseline else {
            throw error(
                node, "credits_per_hour is what pays for the baseline: \(60 * baseline) for \(baseline) processors")
        }
        return CreditTerms(
            processors: processors, baselineProcessors: baseline,
            perHour: perHour,
            maximum: try number("maximum_credits", in: fields, of: node),
            launch: try number("launch_credits", in: fields, of: node), mode: mode,
            surplusUSDPerProcessorHour: try number("surplus_usd_per_processor_hour", in: fields, of: node))
    }

    func list(_ node: Node?, called name: String, of what: String) throws(CatalogueError) -> [Node] {
        guard let list = node?.sequence, !list.isEmpty else { throw error(node, "\(name) has to be a list of \(what)") }
        return Array(list)
    }

    func fields(_ node: Node, _ allowed: [String]) throws(CatalogueError) -> [String: Node] {
        guard let mapping = node.mapping else {
            throw error(node, "not a mapping of \(allowed.joined(separator: ", "))")
        }
        var fields: [String: Node] = [:]
        for (key, value) in mapping {
            let name = key.string ?? ""
            guard allowed.contains(name) else {
                throw error(key, "unknown field \(name.debugDescription); allowed: \(allowed.joined(separator: ", "))")
            }
            guard fields.updateValue(value, forKey: name) == nil else { throw error(key, "\(name) is there twice") }
        }
        return fields
    }

    func text(_ name: String, in fields: [String: Node], of node: Node) throws(CatalogueError) -> String {
        guard let text = fields[name]?.scalar?.string, !text.isEmpty else { throw error(node, "\(name) is missing") }
        return text
    }

    private func number(
        _ name: String, in fields: [String: Node], of node: Node, from least: Double = 0, isWhole: Bool = false
    ) throws(CatalogueError) -> Double {
        let text = try text(name, in: fields, of: node)
        guard let number = Double(text), number.isFinite, number >= least, number <= 1e9,
            !isWhole || number == number.rounded()
        else {
            let kind = isWhole ? "a whole number" : "a number"
            throw error(
                fields[name] ?? node, "\(name) cannot be \(text.debugDescription); allowed: \(kind) from \(least) on")
        }
        return number
    }

    private func error(_ node: Node?, _ problem: String) -> CatalogueError {
        .invalid(file: file, line: node?.mark?.line, problem: problem)
    }
}
