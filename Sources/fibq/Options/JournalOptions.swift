import ArgumentParser
import Foundation
import Harness

/// Where a process writes its journals, and under which name: what `worker` and `load` share.
struct JournalOptions: ParsableArguments {
    @Option(help: "The folder for this process' journals; it is made if it is missing.")
    var journals = "."

    @Option(help: "The process' name, unique in that folder. Default: a random one.")
    var name: String?

    /// The folder, which exists from here on.
    func folder() throws(HarnessError) -> String { try Self.made(journals) }

    /// The name, or one of the role's that no other process in the folder has.
    func name(of role: String) -> String { name ?? Self.randomName(of: role) }

    /// A folder for journals, which exists from here on.
    static func made(_ folder: String) throws(HarnessError) -> String {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw .usage("the folder \(folder) for the journals cannot be made: \(error.localizedDescription)")
        }
        return folder
    }

    /// A name of the role's that no other process has.
    static func randomName(of role: String) -> String {
        "\(role)-" + String(UInt32.random(in: .min ... .max), radix: 36)
    }
}
