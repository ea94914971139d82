import Glibc
import Measurement
import Testing

@Suite("Process sample")
struct ProcessSampleTests {
    @Test("this process has used CPU time and memory")
    func current() throws {
        let sample = try ProcessSample.current()
        #expect(sample.cpuSeconds > 0)
        #expect(sample.peakMemoryBytes > 1 << 20)
    }

    @Test("from outside it looks the same, to the kernel's tick")
    func outside() throws {
        let before = try ProcessSample.current()
        let outside = try ProcessSample.of(process: getpid())
        let after = try ProcessSample.current()
        #expect(outside.cpuSeconds >= before.cpuSeconds - 0.05)
        #expect(outside.cpuSeconds <= after.cpuSeconds + 0.05)
        #expect(outside.peakMemoryBytes > 1 << 20)
    }

    @Test("no such process is an error that says so")
    func missing() {
        let failure = SystemCallFailure(operation: "open", path: "/proc/2147483647/stat", code: ENOENT)
        #expect(throws: AccountingError.system(failure)) { try ProcessSample.of(process: 2_147_483_647) }
    }
}
