/// A connection to a queue, as the server lists it.
public struct QueueClient: Equatable, Sendable {
    /// The part of a process that it is for.
    public let part: QueueConfiguration.Part
    /// The host that it comes from; `nil` for a unix socket.
    public let host: String?
    /// Since its last command, in whole seconds. One that waits for work idles too.
    public let idle: Duration

    /// A connection of these values.
    public init(part: QueueConfiguration.Part, host: String?, idle: Duration) {
        self.part = part
        self.host = host
        self.idle = idle
    }

    /// The connections to a queue among the lines of CLIENT LIST.
    static func all(in list: String, of configuration: QueueConfiguration) -> [QueueClient] {
        let parts = QueueConfiguration.Part.allCases.map { (name: configuration.clientName(of: $0), part: $0) }
        return list.split(whereSeparator: \.isNewline).compactMap { line in
            let fields = line.split(separator: " ").map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
            func value(_ name: String) -> String? { fields.first { $0.first == name && $0.count == 2 }?[1] }
            guard let name = value("name"), let part = parts.first(where: { $0.name == name })?.part else { return nil }
            return QueueClient(
                part: part, host: value("addr").flatMap { Self.host(of: $0) },
                idle: .seconds(value("idle").flatMap { Int64($0) } ?? 0))
        }
    }

    /// The host of an address such as `10.0.0.1:6379` or `[::1]:6379`.
    private static func host(of address: String) -> String? {
        guard !address.hasPrefix("/"), let colon = address.lastIndex(of: ":") else { return nil }
        return String(address[..<colon])
    }
}
