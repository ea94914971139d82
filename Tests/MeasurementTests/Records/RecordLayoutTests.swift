import Measurement
import Testing

/// Journals outlive the program that wrote them: a layout changes only together with the schema version.
@Suite("Record layouts")
struct RecordLayoutTests {
    @Test("sizes are multiples of 8 and stay what they are")
    func strides() {
        #expect(MemoryLayout<AttemptRecord>.stride == 128)
        #expect(MemoryLayout<CycleRecord>.stride == 136)
        #expect(MemoryLayout<EnqueueRecord>.stride == 48)
        #expect(MemoryLayout<SinkSecondRecord>.stride == 88)
    }

    @Test("fields stay where they are")
    func offsets() {
        #expect(MemoryLayout<AttemptRecord>.offset(of: \.parameter) == 16)
        #expect(MemoryLayout<AttemptRecord>.offset(of: \.intended) == 32)
        #expect(MemoryLayout<AttemptRecord>.offset(of: \.runDelay) == 96)
        #expect(MemoryLayout<AttemptRecord>.offset(of: \.cycle) == 104)
        #expect(MemoryLayout<AttemptRecord>.offset(of: \.attempt) == 108)
        #expect(MemoryLayout<AttemptRecord>.offset(of: \.kind) == 110)
        #expect(MemoryLayout<AttemptRecord>.offset(of: \.flags) == 112)
        #expect(MemoryLayout<AttemptRecord>.offset(of: \.grpcCalls) == 113)
        #expect(MemoryLayout<AttemptRecord>.offset(of: \.grpcBytesIn) == 114)
        #expect(MemoryLayout<AttemptRecord>.offset(of: \.grpcBytesOut) == 116)
        #expect(MemoryLayout<AttemptRecord>.offset(of: \.wall) == 120)
        #expect(MemoryLayout<CycleRecord>.offset(of: \.bytesIn) == 96)
        #expect(MemoryLayout<CycleRecord>.offset(of: \.involuntary) == 120)
        #expect(MemoryLayout<EnqueueRecord>.offset(of: \.batch) == 40)
        #expect(MemoryLayout<EnqueueRecord>.offset(of: \.kind) == 44)
        #expect(MemoryLayout<SinkSecondRecord>.offset(of: \.placed) == 24)
        #expect(MemoryLayout<SinkSecondRecord>.offset(of: \.bytes) == 80)
    }

    @Test("outcomes keep their codes")
    func codes() {
        let attempts = AttemptOutcome.allCases.map { "\($0)" }
        #expect(
            attempts == [
                "none", "started", "finished", "failed", "acking", "acked", "stale", "unknown", "released", "refused",
            ])
        #expect(AttemptOutcome.allCases.map(\.rawValue) == Array(0...9))
        #expect(EnqueueOutcome.allCases.map { "\($0)" } == ["none", "sent", "acknowledged", "refused"])
        #expect(EnqueueOutcome.allCases.map(\.rawValue) == Array(0...3))
    }

    @Test("each kind has its own magic number")
    func magics() {
        #expect(
            Set([AttemptRecord.magic, CycleRecord.magic, EnqueueRecord.magic, SinkSecondRecord.magic]).count == 4)
    }

    @Test("a record survives the journal with all its fields")
    func roundTrip() throws {
        let directory = try TemporaryDirectory()
        var record = AttemptRecord()
        record.sequence = 1
        record.parameter = -90
        record.attempt = 65_535
        record.kind = 3
        record.outcome = .refused
        record.flags = .measuredIndividually
        var journal = try Journal<AttemptRecord>(creating: directory.file("a"), identity: .sample)
        try journal.append(record)
        let read = try JournalReader<AttemptRecord>(opening: directory.file("a"))[0]
        #expect(read.sequence == 1 && read.parameter == -90 && read.attempt == 65_535 && read.kind == 3)
        #expect(read.outcome == .refused)
        #expect(read.flags == .measuredIndividually)
        #expect(read.acked == 0 && read.cpu == 0)
    }
}
