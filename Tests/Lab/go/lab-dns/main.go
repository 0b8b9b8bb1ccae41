// lab-dns stands in for CoreDNS, whose image the lab cannot have: A, SRV and PTR records of cluster.local from Services
// and Endpoints. It answers /health and /ready where kubeadm's own Deployment of CoreDNS asks, and so runs in it unchanged.
// It has no upstream: an outside name does not exist.
package main

import (
	"fmt"
	"net/http"
	"os"

	"github.com/miekg/dns"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
)

func main() {
	fmt.Fprintln(os.Stderr, "lab-dns:", serve())
	os.Exit(1)
}

// serve answers until something fails; it returns only with an error.
func serve() error {
	config, err := rest.InClusterConfig()
	if err != nil {
		return err
	}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	factory := informers.NewSharedInformerFactory(client, 0)
	records := &records{
		services:  factory.Core().V1().Services().Lister(),
		endpoints: factory.Core().V1().Endpoints().Lister(),
	}
	ready := make(chan struct{})
	failed := make(chan error, 4)
	go func() { failed <- http.ListenAndServe(":8080", page("/health", nil)) }()
	go func() { failed <- http.ListenAndServe(":8181", page("/ready", ready)) }()
	factory.Start(nil)
	for kind, synced := range factory.WaitForCacheSync(nil) {
		if !synced {
			return fmt.Errorf("no list of %v", kind)
		}
	}
	for _, network := range []string{"udp", "tcp"} {
		server := &dns.Server{Addr: ":53", Net: network, Handler: records}
		go func() { failed <- server.ListenAndServe() }()
	}
	close(ready)
	return <-failed
}

// page answers 200 at path once ready is closed (at once where it is nil), 503 before.
func page(path string, ready chan struct{}) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
		if ready != nil {
			select {
			case <-ready:
			default:
				w.WriteHeader(http.StatusServiceUnavailable)
				return
			}
		}
		fmt.Fprintln(w, "OK")
	})
	return mux
}
