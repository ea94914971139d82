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
