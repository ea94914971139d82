import Redis
import Testing

/// The wire format of commands.
@Suite struct CommandWriterTests {
    @Test func writesTheFormatOfTheProtocol() {
        var writer = CommandWriter()
        writer.command("SET", arguments: 2)
        writer.argument("key")
        writer.argument(-1234567)
        writer.command("PING", arguments: 0)
        let text = "*3\r\n$3\r\nSET\r\n$3\r\nkey\r\n$8\r\n-1234567\r\n*1\r\n$4\r\nPING\r\n"
        #expect(writer.bytes == Array(text.utf8))
        #expect(writer.commands == 2)
    }

    @Test func countsBytesAndNotCharacters() {
        var writer = CommandWriter()
        writer.command("GET", arguments: 1)
        writer.argument("é€😀")
        #expect(String(decoding: writer.bytes, as: UTF8.self).hasSuffix("$9\r\né€😀\r\n"))
    }

    @Test func takesAnyBytes() {
        let value: [UInt8] = [0, 13, 10, 255, 36, 42]
        var writer = CommandWriter()
        writer.command("ECHO", arguments: 2)
        writer.argument(value)
        writer.argument(([9] + value + [9])[1...6])
        let bulk = Array("$6\r\n".utf8) + value + [13, 10]
        #expect(writer.bytes == Array("*3\r\n$4\r\nECHO\r\n".utf8) + bulk + bulk)
    }

    /// Lengths of any number of digits.
    @Test(arguments: [0, 9, 10, 99, 100, 99_999, 100_000, 1_234_567]) func writesEveryLength(count: Int) {
        let value = [UInt8](repeating: 7, count: count)
        var writer = CommandWriter()
        writer.command("ECHO", arguments: 1)
        writer.argument(value)
        #expect(writer.bytes == Array("*2\r\n$4\r\nECHO\r\n$\(count)\r\n".utf8) + value + [13, 10])
    }

    @Test func whatIsEncodedBeforehandIsTheSameCommand() {
        var whole = CommandWriter()
        whole.command("SET", arguments: 4)
        for argument in ["key", "value", "PX", "1500"] { whole.argument(argument) }
        whole.command("PING", arguments: 0)
        var pieces = CommandWriter()
        pieces.command(CommandStem("SET", ["key"], variable: 3))
        pieces.argument("value")
        let (option, number) = (CommandWriter.encoded(["PX"]), CommandWriter.encoded(["1500"]))
        pieces.arguments(encoded: option, count: 1)
        pieces.argument(encoded: unsafe number.span.bytes)
        pieces.command(CommandStem("PING"))
        #expect(pieces.bytes == whole.bytes)
        #expect(pieces.commands == 2)
    }

    @Test func refusesAStemThatLacksArguments() async {
        await #expect(processExitsWith: .failure) {
            var writer = CommandWriter()
            writer.command(CommandStem("GET", variable: 1))
            writer.command(CommandStem("PING"))
        }
    }

    @Test func refusesAnEncodedArgumentTooMany() async {
        await #expect(processExitsWith: .failure) {
            var writer = CommandWriter()
            writer.command(CommandStem("PING"))
            let argument = CommandWriter.encoded(["too many"])
            writer.argument(encoded: unsafe argument.span.bytes)
        }
    }

    @Test func refusesAnArgumentTooMany() async {
        await #expect(processExitsWith: .failure) {
            var writer = CommandWriter()
            writer.command("PING", arguments: 0)
            writer.argument("too many")
        }
    }

    @Test func refusesACommandThatLacksArguments() async {
        await #expect(processExitsWith: .failure) {
            var writer = CommandWriter()
            writer.command("GET", arguments: 1)
            writer.command("PING", arguments: 0)
        }
    }
}
