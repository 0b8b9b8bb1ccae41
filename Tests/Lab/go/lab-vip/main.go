// lab-vip stands in for kube-vip, whose image the lab cannot have: of what that does it gives the control planes an address
// in common, by ARP. It takes kube-vip's environment, elects by a Lease with the library that kube-vip takes, and has the
// address on the link, with a prefix of 32, as long as it leads. What is not asked for here, it does not know.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"strconv"
	"syscall"
	"time"

	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/tools/leaderelection"
	"k8s.io/client-go/tools/leaderelection/resourcelock"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "lab-vip:", err)
		os.Exit(1)
	}
}

// run takes part in the election until it is told to end, or has led and leads no more.
func run() error {
	if len(os.Args) != 2 || os.Args[1] != "manager" {
		return fmt.Errorf("the stand-in knows no other command than manager")
	}
	for _, name := range []string{"vip_arp", "cp_enable", "vip_leaderelection"} {
		if os.Getenv(name) != "true" {
			return fmt.Errorf("the stand-in wants %s", name)
		}
	}
	client, err := connect()
	if err != nil {
		return err
	}
	common, err := newAddress(os.Getenv("address"), os.Getenv("vip_subnet"), os.Getenv("vip_interface"))
	if err != nil {
		return err
	}
	// of one that was killed
	if err := common.remove(); err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	elector, err := leaderelection.NewLeaderElector(leaderelection.LeaderElectionConfig{
		Lock: &resourcelock.LeaseLock{
			LeaseMeta:  meta.ObjectMeta{Namespace: os.Getenv("cp_namespace"), Name: os.Getenv("vip_leasename")},
			Client:     client.CoordinationV1(),
			LockConfig: resourcelock.ResourceLockConfig{Identity: os.Getenv("vip_nodename")},
		},
		LeaseDuration:   seconds("vip_leaseduration"),
		RenewDeadline:   seconds("vip_renewdeadline"),
		RetryPeriod:     seconds("vip_retryperiod"),
		ReleaseOnCancel: true,
		Callbacks: leaderelection.LeaderCallbacks{
			OnStartedLeading: common.serve,
			OnStoppedLeading: func() {},
			OnNewLeader:      func(identity string) { fmt.Fprintln(os.Stderr, "lab-vip: the address is with", identity) },
		},
	})
	if err != nil {
		return err
	}
	elector.Run(ctx)
	if err := common.remove(); err != nil {
		return err
	}
	if ctx.Err() == nil {
		return fmt.Errorf("the Lease is lost")
	}
	return nil
}

// connect reaches the host's own API server: the address that the credentials name is the one that it has yet to bring.
func connect() (kubernetes.Interface, error) {
	config, err := clientcmd.BuildConfigFromFlags("", "/etc/kubernetes/admin.conf")
	if err != nil {
		return nil, err
	}
	config.Host = "kubernetes:" + os.Getenv("port")
	if server := os.Getenv("kubernetes_addr"); server != "" {
		config.Host = server
	}
	config.Timeout = 10 * time.Second
	return kubernetes.NewForConfig(config)
}

// seconds reads a number of seconds; one that is missing is refused by the election.
func seconds(name string) time.Duration {
	number, _ := strconv.Atoi(os.Getenv(name))
	return time.Duration(number) * time.Second
}
