import Testing
import Workload

@Suite("Task payloads")
struct TaskPayloadTests {
    private let payload = TaskPayload(sequence: 0x0102_0304_0506_0708, parameter: 93, intended: .max, sent: 256)

    @Test("have a fixed little-endian layout behind a version byte")
    func layout() {
        let expected: [UInt8] =
            [1] + [8, 7, 6, 5, 4, 3, 2, 1] + [93, 0, 0, 0, 0, 0, 0, 0] + Array(repeating: 0xff, count: 8)
            + [0, 1, 0, 0, 0, 0, 0, 0]
        #expect(encoded(payload) == expected)
        #expect(TaskPayload.byteCount == 33)
    }

    @Test("are appended and decode as they were")
    func roundTrip() throws {
        var buffer: [UInt8] = [9, 9]
        payload.encode(into: &buffer)
        #expect(buffer.prefix(2) == [9, 9])
        #expect(try decoded(Array(buffer.dropFirst(2))) == payload)
    }

    @Test("of any other length are refused", arguments: Array(0..<33) + [34, 66])
    func lengths(length: Int) {
        let bytes = Array((encoded(payload) + encoded(payload)).prefix(length))
        #expect(decodingError(bytes) == .wrongLength(length))
        #expect("\(PayloadError.wrongLength(length))" == "payload of \(length) bytes instead of 33")
    }

    @Test("of an unknown version are refused", arguments: [UInt8(0), 2, 255])
    func versions(version: UInt8) {
        var bytes = encoded(payload)
        bytes[0] = version
        #expect(decodingError(bytes) == .unknownVersion(version))
        #expect("\(PayloadError.unknownVersion(version))" == "unknown payload version \(version)")
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
            let length = round.isMultiple(of: 2) ? 33 : Int(random.next() % 80)
            var bytes = (0..<length).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            if round.isMultiple(of: 4) { bytes[0] = 1 }
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
