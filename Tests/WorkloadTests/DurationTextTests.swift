import Testing
import Workload

@Suite("Written durations")
struct DurationTextTests {
    @Test(
        "are read with their unit",
        arguments: [
            ("500ms", .milliseconds(500)), ("2s", .seconds(2)), ("1.5s", .milliseconds(1500)),
            ("100us", .microseconds(100)),
            ("2m", .seconds(120)), ("1h", .seconds(3600)), ("7ns", .nanoseconds(7)), ("0s", .zero),
            (" 5ms ", .milliseconds(5)),
            ("0.1s", .milliseconds(100)), ("2500h", .seconds(9_000_000)),
        ] as [(String, Duration)])
    func parsing(text: String, expected: Duration) throws {
        #expect(try Duration(parsing: text) == expected)
    }

    @Test(
        "are written in the longest unit that is exact",
        arguments: [
            (.milliseconds(1500), "1500ms"), (.seconds(90), "90s"), (.seconds(120), "2m"), (.seconds(7200), "2h"),
            (.zero, "0s"), (.nanoseconds(1001), "1001ns"), (.microseconds(100), "100us"),
        ] as [(Duration, String)])
    func formatting(duration: Duration, expected: String) {
        #expect(duration.textWithUnit == expected)
    }

    @Test("read back as they were", arguments: [UInt64(1), 2, 3])
    func roundTrip(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        for _ in 0..<1000 {
            let nanoseconds = Int64(random.next() >> (12 + random.next() % 50))
            let duration = Duration.nanoseconds(nanoseconds)
            #expect(try Duration(parsing: duration.textWithUnit) == duration, "seed \(seed), \(nanoseconds) ns")
        }
    }

    @Test(
        "are refused without a unit, negative, too long or as nonsense",
        arguments: [
            "", "5", "ms", "5 parsecs", "-5ms", "1.2.3s", ".5s", "5ms5", "infs", "nans", "0x5s", "2501h", "1e3s",
            "5MS",
        ])
    func refusal(text: String) {
        let expected =
            "a duration cannot be \(text.debugDescription); allowed: a number and its unit, such as 100us, 500ms, 1.5s, 2m or 1h"
        #expect(message { _ = try Duration(parsing: text) } == expected)
    }
}
