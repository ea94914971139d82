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
        precondition(argumentsDue == 0, "the command before \(name) lacks \(argumentsDue) arguments")
        argumentsDue = count + 1
        if let probe, let nickname, probe.watches(nickname) { sightings.append((nickname, bytes.count, commands)) }
        commands += 1
        header(UInt8(ascii: "*"), count + 1)
        argument(name)
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
        bytes.append(type)
        if number < 10 {
            bytes.append(UInt8(ascii: "0") + UInt8(number))
        } else {
            bytes.append(contentsOf: String(number).utf8)
        }
        bytes.append(UInt8(ascii: "\r"))
        bytes.append(UInt8(ascii: "\n"))
    }
}
