import InstanceLimits
import Testing

@Suite struct InstanceCatalogueTests {
    @Test func theCatalogueThatComesWithTheProgramIsWhole() throws {
        let catalogue = InstanceCatalogue.builtIn
        #expect(
            catalogue.types.map(\.name) == [
                "t2.nano", "t2.micro", "t2.small", "t2.medium", "t3.micro", "t3.small", "t4g.small", "a1.medium",
                "a1.large",
                "a1.xlarge",
            ])
        let small = try catalogue["t2.small"]
        #expect(small.processors == 1)
        #expect(small.memoryBytes == 2 << 30)
        #expect(small.usdPerHour == 0.023)
        #expect(small.sustainedProcessors == 0.2)
        #expect(try catalogue["a1.large"].sustainedProcessors == 2)
        for type in catalogue.types { #expect(!type.source.isEmpty && !type.date.isEmpty) }
    }

    @Test func aTypeOfOnesOwnStandsInForTheOneOfItsName() throws {
        let yaml = """
            - source: me
              date: 2026-01-01
              types:
                - {name: t2.small, processors: 1, memory_gib: 1, processor: x, network_gbps: 1, network_burst_gbps: 1, usd_per_hour: 1}
                - {name: mine, processors: 3, memory_gib: 1, processor: x, network_gbps: 1, network_burst_gbps: 1, usd_per_hour: 1}
            """
        var catalogue = InstanceCatalogue.builtIn
        let count = catalogue.types.count
        catalogue.add(try InstanceCatalogue(yaml: yaml, file: "own.yaml"))
        #expect(catalogue.types.count == count + 1)
        #expect(try catalogue["t2.small"].credits == nil)
        #expect(try catalogue["mine"].sustainedProcessors == 3)
    }

    @Test func anUnknownNameIsAnsweredWithTheKnownOnes() {
        #expect(throws: CatalogueError.unknown(name: "t9.huge", known: InstanceCatalogue.builtIn.types.map(\.name))) {
            try InstanceCatalogue.builtIn["t9.huge"]
        }
    }

    private static let valid =
        "{name: a, processors: 1, memory_gib: 1, processor: x, network_gbps: 1, network_burst_gbps: 1, usd_per_hour: 1}"
    private static let burstable =
        valid.dropLast()
        + ", baseline_percent: 20, credits_per_hour: 12, maximum_credits: 288, launch_credits: 30, mode: standard, surplus_usd_per_processor_hour: 0.05}"

    @Test(arguments: [
        ("processors: 1", "processors: none", "processors cannot be \"none\""),
        ("processors: 1", "processors: 1.5", "processors cannot be \"1.5\""),
        ("processors: 1", "processors: 0", "processors cannot be \"0\""),
        ("memory_gib: 1", "memory_gib: -1", "memory_gib cannot be \"-1\""),
        ("name: a, ", "", "name is missing"),
        ("usd_per_hour: 1", "usd_per_day: 1", "unknown field \"usd_per_day\""),
        ("mode: standard", "mode: lavish", "mode cannot be \"lavish\""),
        ("baseline_percent: 20", "baseline_percent: 200", "at most 100"),
        ("credits_per_hour: 12", "credits_per_hour: 24", "credits_per_hour is what pays for the baseline: 12.0"),
        (", launch_credits: 30", "", "launch_credits is missing"),
    ])
    func aWrongTypeIsRefusedInOneLine(_ right: String, _ wrong: String, _ words: String) throws {
        let text = String(Self.burstable)
        #expect(text.contains(right))
        let yaml = "- source: me\n  date: 2026-01-01\n  types:\n    - \(text.replacing(right, with: wrong))\n"
        let error = try #require(throws: CatalogueError.self) { try InstanceCatalogue(yaml: yaml, file: "own.yaml") }
        #expect("\(error)".contains(words))
        #expect("\(error)".hasPrefix("own.yaml:4: "))
        #expect(!"\(error)".contains("\n"))
    }

    @Test(arguments: [
        "", "[]", "types: []", "- source: me\n  date: x", "- source: me\n  date: x\n  types: []", "\t- :",
    ])
    func whatIsNoCatalogueIsRefused(_ yaml: String) {
        #expect(throws: CatalogueError.self) { try InstanceCatalogue(yaml: yaml, file: "own.yaml") }
    }

    @Test func aTypeThatIsThereTwiceIsRefused() {
        let yaml = "- source: me\n  date: x\n  types: [\(Self.valid), \(Self.valid)]"
        #expect(throws: CatalogueError.self) { try InstanceCatalogue(yaml: yaml, file: "own.yaml") }
    }
}
