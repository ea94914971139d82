import Testing
import Workload

@Suite("Task payloads")
struct TaskPayloadTests {
    private let payload = TaskPayload(sequence: 0x0102_0304_0506_0708, parameter: 93, intended: .max, sent: 256)

    @Test("are numbers in as few bytes as they take behind a version and their lengths")
    func layout() {
        let expected: [UInt8] =
            [2, 0x18, 0x28] + [8, 7, 6, 5, 4, 3, 2, 1] + [93] + Array(repeating: 0xff, count: 8) + [1, 1]
        #expect(encoded(payload) == expected)
        #expect(encoded(TaskPayload(sequence: 0, parameter: 0, intended: 0, sent: 0)) == [2, 0, 0])
        #expect(
            encoded(TaskPayload(sequence: 255, parameter: 256, intended: 7, sent: 7)) == [2, 0x21, 1, 255, 0, 1, 7])
        let longest = TaskPayload(sequence: .max, parameter: .max, intended: .max, sent: .max - 1)
        #expect(encoded(longest).count == TaskPayload.mostBytes)
    }

    @Test("of a Fibonacci task take 14 bytes on a machine that is up for days, and were sent when they were due")
    func size() {
        let day: UInt64 = 86_400_000_000_000
        #expect(encoded(TaskPayload(sequence: 999_999, parameter: 90, intended: 9 * day, sent: 9 * day)).count == 14)
    }

    @Test("are appended and decode as they were")
    func roundTrip() throws {
        var buffer: [UInt8] = [9, 9]
        payload.encode(into: &buffer)
        #expect(buffer.prefix(2) == [9, 9])
        #expect(try decoded(Array(buffer.dropFirst(2))) == payload)
    }

    @Test("are padded to a length, and decode as they were", arguments: [0, 21, 22, 23, 24, 100, 65_536])
    func padding(length: Int) throws {
        var buffer: [UInt8] = [9]
        payload.encode(into: &buffer, paddedTo: length)
        #expect(buffer.count == 1 + max(22, length))
        #expect(try decoded(Array(buffer.dropFirst())) == payload)
        // What is cut within its numbers is refused as ever.
        #expect(decodingError(Array(buffer[1..<20])) == .wrongLength(19))
    }

    @Test("of any other length are refused", arguments: Array(0..<22) + [23, 44])
    func lengths(length: Int) {
        let bytes = Array((encoded(payload) + encoded(payload)).prefix(length))
        #expect(decodingError(bytes) == .wrongLength(length))
        #expect(
            "\(PayloadError.wrongLength(length))"
                == "a payload of \(length) bytes, which says that it has another length")
    }

    @Test("of an unknown version are refused", arguments: [UInt8(0), 1, 4, 255])
    func versions(version: UInt8) {
        var bytes = encoded(payload)
        bytes[0] = version
        #expect(decodingError(bytes) == .unknownVersion(version))
        #expect("\(PayloadError.unknownVersion(version))" == "unknown payload version \(version)")
    }

    @Test("with a number that takes fewer bytes, or more than a word has, are refused")
    func longNumbers() {
        #expect(decodingError([2, 0x02, 0, 5, 0]) == .needlesslyLong(5))
        #expect(decodingError([2, 0x01, 0, 0]) == .needlesslyLong(0))
        #expect(decodingError([2, 0x09, 0] + Array(repeating: 1, count: 9)) == .wrongLength(12))
    }

    @Test("with a negative parameter are refused")
    func negative() {
        let bytes = encoded(TaskPayload(sequence: 0, parameter: -1, intended: 0, sent: 0))
        #expect(decodingError(bytes) == .negativeParameter(-1))
        #expect("\(PayloadError.negativeParameter(-1))" == "negative parameter -1")
    }

    @Test("of random bytes never trap, and encode to the same bytes if they decode", arguments: [UInt64(1), 2, 3])
    func randomBytes(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var valid = 0
        for round in 0..<5000 {
            var bytes = (0..<Int(random.next() % 40)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            if !round.isMultiple(of: 4), bytes.count >= 3 {
                // Lengths that fit, in half of the rounds.
                bytes = [2, bytes[1] & 0x77, bytes[2] & 0x77] + bytes.dropFirst(3)
                let length = 3 + [1, 2].reduce(0) { $0 + Int(bytes[$1] & 0xf) + Int(bytes[$1] >> 4) }
                if round.isMultiple(of: 2) {
                    bytes = (bytes + Array(repeating: 9, count: length)).prefix(length) + []
                }
            }
            guard let payload = try? decoded(bytes) else { continue }
            valid += 1
            #expect(encoded(payload) == bytes, "seed \(seed), round \(round)")
        }
        #expect(valid > 400, "seed \(seed)")
    }

    private func encoded(_ payload: TaskPayload) -> [UInt8] {
        var buffer: [UInt8] = []
        payload.encode(into: &buffer)
        return buffer
    }

    private func decoded(_ bytes: [UInt8]) throws(PayloadError) -> TaskPayload {
        unsafe try TaskPayload(decoding: bytes.span.bytes)
    }

    private func decodingError(_ bytes: [UInt8]) -> PayloadError? {
        do throws(PayloadError) {
            _ = try decoded(bytes)
            return nil
        } catch {
            return error
        }
    }
}
