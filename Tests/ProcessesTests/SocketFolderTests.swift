import Foundation
import Processes
import Testing

/// Folders for sockets. (That one also goes when its process is killed is for `InterruptionTests`.)
@Suite struct SocketFolderTests {
    @Test func itGoesWithItsLastReference() throws {
        var folder: SocketFolder? = try SocketFolder("fibq-test")
        let path = try #require(folder?.path)
        #expect(FileManager.default.createFile(atPath: "\(path)/some.sock", contents: nil))
        folder = nil
        #expect(!FileManager.default.fileExists(atPath: path))
    }
}
