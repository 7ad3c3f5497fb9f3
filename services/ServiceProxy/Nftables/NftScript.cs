using System.Text;
using Platform.ServiceProxy.Rules;

namespace Platform.ServiceProxy.Nftables;

/// <summary>
/// Writes nftables' language. Each script is one transaction for <c>nft -f -</c>: the kernel applies all of it or nothing, and no
/// packet sees a state in between.
/// </summary>
internal static class NftScript
{
    /// <summary>The bit of the packet mark that asks for masquerading; the one that upstream's proxies use as well.</summary>
    private const string MasqueradeMark = "0x4000";

    /// <summary>The whole table in place of whatever is there under its name.</summary>
    public static string Full(string table, RuleSet rules)
    {
        var script = new StringBuilder();
        script.Append($"add table ip {table}\ndelete table ip {table}\ntable ip {table} {{\n");
        script.Append(Fixed.Replace("MARK", MasqueradeMark, StringComparison.Ordinal)).Append("}\n");
        return script.Append(Difference(table, RuleSet.Empty, rules)).ToString();
    }

    /// <summary>What must be done to the table to get from one rule set to another; empty where they are the same.</summary>
    public static string Difference(string table, RuleSet before, RuleSet after)
    {
        var script = new StringBuilder();
        foreach (var (set, seconds) in after.AffinitySets)
        {
            if (!before.AffinitySets.ContainsKey(set))
                script.Append($"add set ip {table} {set} {{ type ipv4_addr; flags dynamic, timeout; timeout {seconds}s; }}\n");
        }

        // First all chains, so that rules may name each other's; then elements go before the chains that they lead to.
        var changed = after.Chains.Where(chain => !before.Chains.TryGetValue(chain.Key, out var rules) || !rules.SequenceEqual(chain.Value)).ToList();
        var removed = before.Chains.Keys.Where(chain => !after.Chains.ContainsKey(chain)).ToList();
        foreach (var (chain, _) in changed)
            script.Append($"add chain ip {table} {chain}\n");
        RemoveElements(script, table, before, after);
        foreach (var chain in changed.Select(chain => chain.Key).Where(before.Chains.ContainsKey).Concat(removed))
            script.Append($"flush chain ip {table} {chain}\n");
        foreach (var (chain, rules) in changed)
        {
            foreach (var rule in rules)
                script.Append($"add rule ip {table} {chain} {rule}\n");
        }

        AddElements(script, table, before, after);
        foreach (var chain in removed)
            script.Append($"delete chain ip {table} {chain}\n");
        foreach (var set in before.AffinitySets.Keys.Where(set => !after.AffinitySets.ContainsKey(set)))
            script.Append($"delete set ip {table} {set}\n");
        return script.ToString();
    }

    private static void RemoveElements(StringBuilder script, string table, RuleSet before, RuleSet after)
    {
        foreach (var (collection, elements) in before.Elements)
        {
            var now = after.Elements[collection];
            var gone = elements.Where(element => !now.TryGetValue(element.Key, out var verdict) || verdict != element.Value).Select(Element);
            Append(script, "delete", table, collection, gone);
        }
    }

    private static void AddElements(StringBuilder script, string table, RuleSet before, RuleSet after)
    {
        foreach (var (collection, elements) in after.Elements)
        {
            var then = before.Elements[collection];
            var added = elements.Where(element => !then.TryGetValue(element.Key, out var verdict) || verdict != element.Value).Select(Element);
            Append(script, "add", table, collection, added);
        }
    }

    private static void Append(StringBuilder script, string verb, string table, string collection, IEnumerable<string> elements)
    {
        var list = string.Join(", ", elements);
        if (list.Length > 0)
            script.Append($"{verb} element ip {table} {collection} {{ {list} }}\n");
    }

    private static string Element(KeyValuePair<string, string> element) =>
        element.Value.Length == 0 ? element.Key : $"{element.Key} : {element.Value}";

    /// <summary>
    /// The part that never changes. Traffic of this node's pods and of others comes in through prerouting, that of the node itself
    /// through output. What still has a cluster IP as destination when it is forwarded found no service.
    /// </summary>
    private const string Fixed = """
          map service-addresses { type ipv4_addr . inet_proto . inet_service : verdict; }
          map node-ports { type inet_proto . inet_service : verdict; }
          map unserved-addresses { type ipv4_addr . inet_proto . inet_service : verdict; }
          map unserved-node-ports { type inet_proto . inet_service : verdict; }
          set cluster-addresses { type ipv4_addr; }
          set hairpins { type ipv4_addr . ipv4_addr; }
          chain mark-for-masquerade {
            meta mark set meta mark or MARK
          }
          chain reject-packet {
            reject
          }
          chain services {
            ip daddr . meta l4proto . th dport vmap @service-addresses
            ip daddr != 127.0.0.0/8 fib daddr type local meta l4proto . th dport vmap @node-ports
          }
          chain unserved {
            ip daddr . meta l4proto . th dport vmap @unserved-addresses
            ip daddr != 127.0.0.0/8 fib daddr type local meta l4proto . th dport vmap @unserved-node-ports
            ip daddr @cluster-addresses reject
          }
          chain nat-prerouting {
            type nat hook prerouting priority -100; policy accept;
            jump services
          }
          chain nat-output {
            type nat hook output priority -100; policy accept;
            jump services
          }
          chain nat-postrouting {
            type nat hook postrouting priority 100; policy accept;
            meta mark & MARK == MARK masquerade fully-random
            ct status dnat ip saddr . ip daddr @hairpins masquerade fully-random
          }
          chain filter-input {
            type filter hook input priority 0; policy accept;
            ct state new jump unserved
          }
          chain filter-forward {
            type filter hook forward priority 0; policy accept;
            ct state new jump unserved
          }
          chain filter-output {
            type filter hook output priority 0; policy accept;
            ct state new jump unserved
          }

        """;
}
