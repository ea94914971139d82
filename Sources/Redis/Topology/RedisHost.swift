/// A host name or address, and a port.
public struct RedisHost: Hashable, Sendable {
    /// The name or the address, an IPv6 one without brackets.
    public var name: String
    /// The TCP port.
    public var port: Int

    /// A host by its parts.
    public init(_ name: String, port: Int) {
        self.name = name
        self.port = port
    }
}

extension RedisHost: CustomStringConvertible {
    /// `name:port`, as URLs have it.
    public var description: String { "\(name.contains(":") ? "[\(name)]" : name):\(port)" }
}

extension RedisHost {
    /// Parses `name`, `name:port` or `[address]:port`; `nil` for anything else.
    init?(_ text: Substring, defaultPort: Int) {
        var (name, digits) = (text, Substring())
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]") else { return nil }
            name = text[text.index(after: text.startIndex)..<end]
            let rest = text[text.index(after: end)...]
            guard rest.isEmpty || rest.hasPrefix(":") else { return nil }
            digits = rest.dropFirst()
        } else if let colon = text.firstIndex(of: ":") {
            (name, digits) = (text[..<colon], text[text.index(after: colon)...])
        }
        guard !name.isEmpty, let port = digits.isEmpty ? defaultPort : Int(digits), (1...65_535).contains(port) else {
            return nil
        }
        self.init(String(name), port: port)
    }
}
