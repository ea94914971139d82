import Foundation
import Glibc
import Measurement
import Messaging
import TestSupport
import Testing

/// How a sink ends, and what it leaves behind.
@Suite("Stopping")
struct StopTests {
    @Test("a call in progress is finished before a sink that was told to stop ends")
    func gracefulStop() async throws {
        let fixture = try SinkFixture()
        var settings = fixture.settings
        settings.behaviour.delay = { _ in .milliseconds(300) }
        try await withMessageClient(address: settings.address, settings: .stubborn) { client in
            async let outcome = client.place(.sample(1)).outcome
            let sink = try await withSink(settings) { sink, _ in
                try await waitUntil { sink.counts.received == 1 }
                return sink
            }
            #expect(sink.counts.received == 1 && sink.counts.placed == 1)
            #expect(await outcome == .placed(1))
        }
        #expect(try fixture.entries().count == 1)
    }

    @Test("a stale socket file is bound again")
    func staleSocket() async throws {
        let fixture = try SinkFixture()
        let path = fixture.folder.path(of: "sink.sock")
        leaveSocket(at: path)
        #expect(FileManager.default.fileExists(atPath: path))
        try await withSink(fixture.settings) { _, address in
            try await withMessageClient(address: address) { client in
                #expect(await client.place(.sample(1)).outcome == .placed(1))
            }
        }
    }

    @Test("the journal has what was done by the second, and all of it in the end")
    func journal() async throws {
        let fixture = try SinkFixture()
        let path = fixture.folder.path(of: "sink.journal")
        var settings = fixture.settings
        settings.journal = path
        settings.name = "sink-1"
        let counts = try await withSink(settings) { sink, address in
            try await withMessageClient(address: address) { client in
                #expect(await client.place(.sample(1, token: 2)).outcome == .placed(1))
                // Readable while the sink runs, as after a kill.
                try await waitUntil {
                    let reader = try JournalReader<SinkSecondRecord>(opening: path)
                    return reader.count > 0 && reader[0].placed == 1
                }
                _ = await client.place(.sample(1, token: 1))
                _ = await client.place(.sample(1, token: 2))
            }
            return sink.counts
        }
        let reader = try JournalReader<SinkSecondRecord>(opening: path)
        #expect(reader.header.identity == JournalIdentity(role: "sink", name: "sink-1", labels: []))
        let records = (0..<reader.count).map { reader[$0] }
        #expect(records.count >= 2)
        #expect(records.reduce(0) { $0 + $1.received } == counts.received)
        #expect(records.reduce(0) { $0 + $1.placed } == 1)
        #expect(records.reduce(0) { $0 + $1.refused } == 1)
        #expect(records.reduce(0) { $0 + $1.repeated } == 1)
        #expect(records.reduce(0) { $0 + $1.bytes } == counts.bytes)
        #expect(zip(records, records.dropFirst()).allSatisfy { $0.ended == $1.began })
    }

    @Test("a journal that can't be created is an error before anything is served")
    func journalInUse() async throws {
        let fixture = try SinkFixture()
        var settings = fixture.settings
        settings.journal = try fixture.folder.write("something", to: "sink.journal")
        let occupied = settings
        await #expect(throws: JournalError.self) { try await startSink(occupied) }
    }

    /// A socket that was bound by somebody who is gone.
    private func leaveSocket(at path: String) {
        let socket = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: Array(path.utf8)) }
        unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                _ = unsafe bind(socket, pointer, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        close(socket)
    }
}
