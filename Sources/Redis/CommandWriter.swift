/// Commands in the wire format of RESP2, written one after another into one buffer.
///
/// Arguments are binary-safe: lengths are written, never quotes. A command is begun with the number of its
/// arguments and must then be given exactly that many.
public struct CommandWriter: Sendable {
    /// The encoded commands.
    package private(set) var bytes: [UInt8] = []
    /// How many commands they are.
    package private(set) var commands = 0
    private var argumentsDue = 0
    /// The probe that has to know of some of them; `nil` for none.
    var probe: CommandProbe?
    /// The name of each such command, where it begins and how many come before it.
    private(set) var sightings: [(command: String, start: Int, commands: Int)] = []

    /// An empty writer.
    public init() {}

    /// Begins a command of `count` arguments besides its name.
    public mutating func command(_ name: String, arguments count: Int) {
        command(name, arguments: count, called: name)
    }

    /// Begins a command that goes by another name than the one on the wire, such as a script, or by none: of one that is only a
    /// part of something, no probe has to know.
    package mutating func command(_ name: String, arguments count: Int, called nickname: String?) {
        begin(name, called: nickname)
        argumentsDue = count + 1
        header(UInt8(ascii: "*"), count + 1)
        argument(name)
    }

    /// Begins a command whose first words are encoded already.
    package mutating func command(_ stem: CommandStem) {
        begin(stem.name, called: stem.name)
        argumentsDue = stem.argumentsDue
        bytes.append(contentsOf: stem.bytes)
    }

    private mutating func begin(_ name: String, called nickname: String?) {
        precondition(argumentsDue == 0, "the command before \(name) lacks \(argumentsDue) arguments")
        if let probe, let nickname, probe.watches(nickname) { sightings.append((nickname, bytes.count, commands)) }
        commands += 1
    }

    /// Adds a text argument.
    public mutating func argument(_ text: String) {
        var text = text
        text.withUTF8 { utf8 in
            bulk(utf8.count) { bytes in unsafe bytes.append(contentsOf: utf8) }
        }
    }

    /// Adds an integer argument in decimal.
    public mutating func argument(_ value: Int) {
        argument(String(value))
    }

    /// Adds a binary argument.
    public mutating func argument(_ value: ArraySlice<UInt8>) {
        bulk(value.count) { bytes in bytes.append(contentsOf: value) }
    }

    /// Adds a binary argument.
    public mutating func argument(_ value: [UInt8]) {
        argument(value[...])
    }

    /// Adds a binary argument.
    public mutating func argument(_ value: RawSpan) {
        bulk(value.byteCount) { bytes in unsafe value.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) } }
    }

    /// Adds `count` arguments that are encoded already, one after the other: for each `$`, its length, and its bytes, with a line
    /// end behind both.
    package mutating func arguments(encoded: [UInt8], count: Int) {
        precondition(argumentsDue >= count, "\(count - argumentsDue) arguments too many")
        argumentsDue -= count
        bytes.append(contentsOf: encoded)
    }

    /// Adds one argument that is encoded already.
    package mutating func argument(encoded: RawSpan) {
        precondition(argumentsDue > 0, "an argument too many")
        argumentsDue -= 1
        unsafe encoded.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
    }

    /// Arguments as they are encoded, for whoever sends them again and again.
    package static func encoded(_ arguments: [String]) -> [UInt8] {
        var writer = CommandWriter()
        writer.argumentsDue = arguments.count
        for argument in arguments { writer.argument(argument) }
        return writer.bytes
    }

    /// Where the command ends that begins at `start`: its arguments' lengths say so.
    func end(ofCommandAt start: Int) -> Int {
        var position = start
        func number() -> Int {
            position += 1
            var value = 0
            while bytes[position] != UInt8(ascii: "\r") {
                value = value * 10 + Int(bytes[position] - UInt8(ascii: "0"))
                position += 1
            }
            position += 2
            return value
        }
        for _ in 0..<number() {
            let length = number()
            position += length + 2
        }
        return position
    }

    /// Forgets everything, keeping the buffer.
    mutating func removeAll() {
        precondition(argumentsDue == 0, "the last command lacks \(argumentsDue) arguments")
        bytes.removeAll(keepingCapacity: true)
        commands = 0
        if !sightings.isEmpty { sightings.removeAll() }
    }

    private mutating func bulk(_ count: Int, _ append: (inout [UInt8]) -> Void) {
        precondition(argumentsDue > 0, "an argument too many")
        argumentsDue -= 1
        header(UInt8(ascii: "$"), count)
        append(&bytes)
        bytes.append(UInt8(ascii: "\r"))
        bytes.append(UInt8(ascii: "\n"))
    }

    private mutating func header(_ type: UInt8, _ number: Int) {
        if number < 100_000 { return shortHeader(type, number) }
        bytes.append(type)
        bytes.append(contentsOf: String(number).utf8)
        bytes.append(UInt8(ascii: "\r"))
        bytes.append(UInt8(ascii: "\n"))
    }

    /// Up to eight bytes, put together in one word, from its end, and appended as one: every argument has a header.
    private mutating func shortHeader(_ type: UInt8, _ number: Int) {
        var word = UInt64(UInt8(ascii: "\n")) << 8 | UInt64(UInt8(ascii: "\r"))
        var (rest, count) = (UInt64(number), 3)
        repeat {
            word = word << 8 | (UInt64(UInt8(ascii: "0")) + rest % 10)
            rest /= 10
            count += 1
        } while rest > 0
        word = word << 8 | UInt64(type)
        unsafe withUnsafeBytes(of: word.littleEndian) { unsafe bytes.append(contentsOf: $0.prefix(count)) }
    }
}

/// What a command begins with whose first words never vary, encoded once for all the times that it is sent.
package struct CommandStem: Sendable {
    fileprivate let name: String
    fileprivate let bytes: [UInt8]
    fileprivate let argumentsDue: Int

    /// A command, those of its arguments that never vary, and how many are to come behind them.
    package init(_ name: String, _ constant: [String] = [], variable count: Int = 0) {
        var writer = CommandWriter()
        writer.command(name, arguments: constant.count + count)
        for argument in constant { writer.argument(argument) }
        self.name = name
        bytes = writer.bytes
        argumentsDue = count
    }
}
