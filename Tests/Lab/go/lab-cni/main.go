// lab-cni is the lab's network plugin: it stands in for Calico, whose images the lab cannot have. On every node it writes
// a configuration for Debian's bridge plugin with the node's pod range, and keeps one route per other node to that node's
// range. Nodes stay NotReady until it runs, as with any other plugin.
package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"time"

	"github.com/vishvananda/netlink"
	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
)

const (
	bridge        = "cni0"
	configuration = "/etc/cni/net.d/10-lab-cni.conflist"
	template      = `{"cniVersion": "0.3.1", "name": "lab-cni", "plugins": [
  {"type": "bridge", "bridge": %q, "isGateway": true, "ipMasq": false, "hairpinMode": true,
   "ipam": {"type": "host-local", "ranges": [[{"subnet": %q}]], "routes": [{"dst": "0.0.0.0/0"}]}},
  {"type": "portmap", "capabilities": {"portMappings": true}}
]}
`
)

func main() {
	config, err := rest.InClusterConfig()
	if err != nil {
		fmt.Fprintln(os.Stderr, "lab-cni:", err)
		os.Exit(1)
	}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		fmt.Fprintln(os.Stderr, "lab-cni:", err)
		os.Exit(1)
	}
	for ; ; time.Sleep(3 * time.Second) {
		if err := settle(client, os.Getenv("NODE_NAME")); err != nil {
			fmt.Fprintln(os.Stderr, "lab-cni:", err)
		}
	}
}

// settle makes this node's configuration and routes what the list of nodes says.
func settle(client kubernetes.Interface, self string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	nodes, err := client.CoreV1().Nodes().List(ctx, meta.ListOptions{})
	if err != nil {
		return err
	}
	wanted := map[string]bool{}
	for _, node := range nodes.Items {
		_, pods, err := net.ParseCIDR(node.Spec.PodCIDR)
		if err != nil {
			continue // not given a range yet
		}
		if node.Name == self {
			if err := configure(pods); err != nil {
				return err
			}
			if err := doubt(); err != nil {
				return err
			}
			continue
		}
		gateway := address(node)
		if gateway == nil {
			continue
		}
		wanted[pods.String()] = true
		if err := netlink.RouteReplace(&netlink.Route{Dst: pods, Gw: gateway, Protocol: protocol}); err != nil {
			return fmt.Errorf("route to %s by %s: %v", pods, gateway, err)
		}
	}
	return forget(wanted)
}

// protocol marks the routes of lab-cni among the node's own.
const protocol = 99

// forget takes the routes away that lead to nodes which are gone.
func forget(wanted map[string]bool) error {
	routes, err := netlink.RouteListFiltered(netlink.FAMILY_V4, &netlink.Route{Protocol: protocol}, netlink.RT_FILTER_PROTOCOL)
	if err != nil {
		return err
	}
	for i := range routes {
		if routes[i].Dst != nil && !wanted[routes[i].Dst.String()] {
			if err := netlink.RouteDel(&routes[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// configure writes the plugin's configuration when it differs. A bridge with an address of another range is of an earlier
// life of this node, and no pod would start while it is there.
func configure(pods *net.IPNet) error {
	if link, err := netlink.LinkByName(bridge); err == nil {
		addresses, err := netlink.AddrList(link, netlink.FAMILY_V4)
		if err != nil {
			return err
		}
		for _, each := range addresses {
			if !pods.Contains(each.IP) {
				if err := netlink.LinkDel(link); err != nil {
					return err
				}
				break
			}
		}
	}
	text := []byte(fmt.Sprintf(template, bridge, pods.String()))
	if old, err := os.ReadFile(configuration); err == nil && string(old) == string(text) {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(configuration), 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(configuration+".tmp", text, 0o644); err != nil {
		return err
	}
	return os.Rename(configuration+".tmp", configuration)
}

// doubt lets the node ask soon again who has an address of the bridge. A node has few addresses, so that a new pod often
// gets the one of a pod that has just gone, and packets for it would be lost for up to half a minute.
func doubt() error {
	folder := filepath.Join("/proc/sys/net/ipv4/neigh", bridge)
	if _, err := os.Stat(folder); os.IsNotExist(err) {
		return nil // no pod has needed the bridge yet
	}
	for name, value := range map[string]string{
		"base_reachable_time_ms": "1000", "delay_first_probe_time": "0", "retrans_time_ms": "100",
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(value), 0o644); err != nil {
			return err
		}
	}
	return nil
}

func address(node core.Node) net.IP {
	for _, each := range node.Status.Addresses {
		if each.Type == core.NodeInternalIP {
			return net.ParseIP(each.Address)
		}
	}
	return nil
}
