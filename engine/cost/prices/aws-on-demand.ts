/**
 * Dollars per hour of an EC2 machine on demand (Linux, shared tenancy) in us-east-1 on 2026-07-20, as listed by the
 * Karpenter AWS provider: one family a line, `size=price`.
 */
export const AWS_ON_DEMAND_FROM = '2026-07-20';
export const AWS_ON_DEMAND_REGION = 'us-east-1';

export const AWS_ON_DEMAND = `
a1 medium=.0255 large=.051 xlarge=.102 2xlarge=.204 4xlarge=.408 metal=.408
c1 medium=.13 xlarge=.52
c3 large=.105 xlarge=.21 2xlarge=.42 4xlarge=.84 8xlarge=1.68
c4 large=.1 xlarge=.199 2xlarge=.398 4xlarge=.796 8xlarge=1.591
c5 large=.085 xlarge=.17 2xlarge=.34 4xlarge=.68 9xlarge=1.53 12xlarge=2.04 18xlarge=3.06 24xlarge=4.08 metal=4.08
c5a large=.077 xlarge=.154 2xlarge=.308 4xlarge=.616 8xlarge=1.232 12xlarge=1.848 16xlarge=2.464 24xlarge=3.696
c5ad large=.086 xlarge=.172 2xlarge=.344 4xlarge=.688 8xlarge=1.376 12xlarge=2.064 16xlarge=2.752 24xlarge=4.128
c5d large=.096 xlarge=.192 2xlarge=.384 4xlarge=.768 9xlarge=1.728 12xlarge=2.304 18xlarge=3.456 24xlarge=4.608 metal=4.608
c5n large=.108 xlarge=.216 2xlarge=.432 4xlarge=.864 9xlarge=1.944 18xlarge=3.888 metal=3.888
c6a large=.0765 xlarge=.153 2xlarge=.306 4xlarge=.612 8xlarge=1.224 12xlarge=1.836 16xlarge=2.448 24xlarge=3.672 32xlarge=4.896 48xlarge=7.344 metal=7.344
c6g medium=.034 large=.068 xlarge=.136 2xlarge=.272 4xlarge=.544 8xlarge=1.088 12xlarge=1.632 16xlarge=2.176 metal=2.3066
c6gd medium=.0384 large=.0768 xlarge=.1536 2xlarge=.3072 4xlarge=.6144 8xlarge=1.2288 12xlarge=1.8432 16xlarge=2.4576 metal=2.6051
c6gn medium=.0432 large=.0864 xlarge=.1728 2xlarge=.3456 4xlarge=.6912 8xlarge=1.3824 12xlarge=2.0736 16xlarge=2.7648
c6i large=.085 xlarge=.17 2xlarge=.34 4xlarge=.68 8xlarge=1.36 12xlarge=2.04 16xlarge=2.72 24xlarge=4.08 32xlarge=5.44 metal=5.44
c6id large=.1008 xlarge=.2016 2xlarge=.4032 4xlarge=.8064 8xlarge=1.6128 12xlarge=2.4192 16xlarge=3.2256 24xlarge=4.8384 32xlarge=6.4512 metal=6.4512
c6in large=.1134 xlarge=.2268 2xlarge=.4536 4xlarge=.9072 8xlarge=1.8144 12xlarge=2.7216 16xlarge=3.6288 24xlarge=5.4432 32xlarge=7.2576 metal=7.2576
c7a medium=.05132 large=.10264 xlarge=.20528 2xlarge=.41056 4xlarge=.82112 8xlarge=1.64224 12xlarge=2.46336 16xlarge=3.28448 24xlarge=4.92672 32xlarge=6.56896 48xlarge=9.85344 metal-48xl=9.85344
c7g medium=.0363 large=.0725 xlarge=.145 2xlarge=.29 4xlarge=.58 8xlarge=1.16 12xlarge=1.74 16xlarge=2.32 metal=2.32
c7gd medium=.0454 large=.0907 xlarge=.1814 2xlarge=.3629 4xlarge=.7258 8xlarge=1.4515 12xlarge=2.1773 16xlarge=2.903 metal=2.903
c7gn medium=.0624 large=.1248 xlarge=.2496 2xlarge=.4992 4xlarge=.9984 8xlarge=1.9968 12xlarge=2.9952 16xlarge=3.9936 metal=3.9936
c7i large=.08925 xlarge=.1785 2xlarge=.357 4xlarge=.714 8xlarge=1.428 12xlarge=2.142 16xlarge=2.856 24xlarge=4.284 metal-24xl=4.7124 48xlarge=8.568 metal-48xl=8.568
c7i-flex large=.08479 xlarge=.16958 2xlarge=.33915 4xlarge=.6783 8xlarge=1.3566 12xlarge=2.0349 16xlarge=2.7132
c8a medium=.05389 large=.10777 xlarge=.21554 2xlarge=.43108 4xlarge=.86216 8xlarge=1.72432 12xlarge=2.58648 16xlarge=3.44864 24xlarge=5.17296 metal-24xl=5.69026 48xlarge=10.34592 metal-48xl=10.34592
c8g medium=.03988 large=.07976 xlarge=.15952 2xlarge=.31904 4xlarge=.63808 8xlarge=1.27616 12xlarge=1.91424 16xlarge=2.55232 24xlarge=3.82848 metal-24xl=4.21133 48xlarge=7.65696 metal-48xl=7.65696
c8gb medium=.05925 large=.1185 xlarge=.237 2xlarge=.474 4xlarge=.948 8xlarge=1.896 12xlarge=2.844 16xlarge=3.792 24xlarge=5.688 metal-24xl=6.02928 48xlarge=11.376 metal-48xl=11.376
c8gd medium=.04899 large=.09798 xlarge=.19596 2xlarge=.39192 4xlarge=.78384 8xlarge=1.56768 12xlarge=2.35152 16xlarge=3.13536 24xlarge=4.70304 metal-24xl=5.17334 48xlarge=9.40608 metal-48xl=9.40608
c8gn medium=.0593 large=.1185 xlarge=.237 2xlarge=.474 4xlarge=.948 8xlarge=1.896 12xlarge=2.844 16xlarge=3.792 24xlarge=5.688 metal-24xl=6.0293 48xlarge=11.376 metal-48xl=11.376
c8i large=.09371 xlarge=.18742 2xlarge=.37484 4xlarge=.74968 8xlarge=1.49936 12xlarge=2.24904 16xlarge=2.99872 24xlarge=4.49808 32xlarge=5.99744 48xlarge=8.99616 metal-48xl=9.89578 96xlarge=17.99232 metal-96xl=17.99232
c8i-flex large=.08902 xlarge=.17804 2xlarge=.35608 4xlarge=.71216 8xlarge=1.42432 12xlarge=2.13648 16xlarge=2.84864
c8ib large=.13608 xlarge=.27216 2xlarge=.54432 4xlarge=1.08864 8xlarge=2.17728 12xlarge=3.26592 16xlarge=4.35456 24xlarge=6.53184 32xlarge=8.70912 48xlarge=13.06368 metal-48xl=14.37005 96xlarge=26.12736 metal-96xl=26.12736
c8id large=.11088 xlarge=.22176 2xlarge=.44352 4xlarge=.88704 8xlarge=1.77408 12xlarge=2.66112 16xlarge=3.54816 24xlarge=5.32224 32xlarge=7.09632 48xlarge=10.64448 metal-48xl=11.70893 96xlarge=21.28896 metal-96xl=21.28896
c8in large=.13608 xlarge=.27216 2xlarge=.54432 4xlarge=1.08864 8xlarge=2.17728 12xlarge=3.26592 16xlarge=4.35456 24xlarge=6.53184 32xlarge=8.70912 48xlarge=13.06368 metal-48xl=14.37005 96xlarge=26.12736 metal-96xl=26.12736
c8ine large=.1701 xlarge=.3402 2xlarge=.6804 4xlarge=1.3608 8xlarge=2.7216 12xlarge=4.0824
c9g medium=.04347 large=.08694 xlarge=.17388 2xlarge=.34776 4xlarge=.69552 8xlarge=1.39104 12xlarge=2.08656 16xlarge=2.78208 24xlarge=4.17312 48xlarge=8.34624 metal-48xl=9.18086
c9gd medium=.0534 large=.1068 xlarge=.2136 2xlarge=.4272 4xlarge=.8544 8xlarge=1.7088 12xlarge=2.5632 16xlarge=3.4176 24xlarge=5.1264 48xlarge=10.2528 metal-48xl=11.27808
d2 xlarge=.69 2xlarge=1.38 4xlarge=2.76 8xlarge=5.52
d3 xlarge=.499 2xlarge=.999 4xlarge=1.998 8xlarge=3.99552
d3en xlarge=.526 2xlarge=1.051 4xlarge=2.103 6xlarge=3.154 8xlarge=4.20576 12xlarge=6.30864
f2 6xlarge=1.98 12xlarge=3.96 48xlarge=15.84
g4ad xlarge=.37853 2xlarge=.54117 4xlarge=.867 8xlarge=1.734 16xlarge=3.468
g4dn xlarge=.526 2xlarge=.752 4xlarge=1.204 8xlarge=2.176 12xlarge=3.912 16xlarge=4.352 metal=7.824
g5 xlarge=1.006 2xlarge=1.212 4xlarge=1.624 8xlarge=2.448 16xlarge=4.096 12xlarge=5.672 24xlarge=8.144 48xlarge=16.288
g5g xlarge=.42 2xlarge=.556 4xlarge=.828 8xlarge=1.372 16xlarge=2.744 metal=2.744
g6 xlarge=.8048 2xlarge=.9776 4xlarge=1.3232 8xlarge=2.0144 16xlarge=3.3968 12xlarge=4.6016 24xlarge=6.6752 48xlarge=13.3504
g6e xlarge=1.861 2xlarge=2.24208 4xlarge=3.00424 8xlarge=4.52856 16xlarge=7.57719 12xlarge=10.49264 24xlarge=15.06559 48xlarge=30.13118
g6f large=.202 xlarge=.2375 2xlarge=.475 4xlarge=.95
g7 2xlarge=2.52 4xlarge=3.04208 8xlarge=4.08624 12xlarge=7.12832 24xlarge=14.25664 48xlarge=28.51328
g7e 2xlarge=3.36312 4xlarge=3.99816 8xlarge=5.26824 12xlarge=8.28608 24xlarge=16.57216 48xlarge=33.14432
gr6 4xlarge=1.5392 8xlarge=2.4464
gr6f 4xlarge=1.066
h1 2xlarge=.468 4xlarge=.936 8xlarge=1.872 16xlarge=3.744
hpc7g 16xlarge=1.6832 4xlarge=1.6832 8xlarge=1.6832
i2 xlarge=.853 2xlarge=1.705 4xlarge=3.41 8xlarge=6.82
i3 large=.156 xlarge=.312 2xlarge=.624 4xlarge=1.248 8xlarge=2.496 16xlarge=4.992
i3en large=.226 xlarge=.452 2xlarge=.904 3xlarge=1.356 6xlarge=2.712 12xlarge=5.424 24xlarge=10.848 metal=10.848
i4g large=.15444 xlarge=.30888 2xlarge=.61776 4xlarge=1.23552 8xlarge=2.47104 16xlarge=4.94208
i4i large=.172 xlarge=.343 2xlarge=.686 4xlarge=1.373 8xlarge=2.746 12xlarge=4.118 16xlarge=5.491 24xlarge=8.2368 metal=10.982 32xlarge=10.9824
i7i large=.1888 xlarge=.3775 2xlarge=.755 4xlarge=1.5101 8xlarge=3.0202 12xlarge=4.5302 16xlarge=6.0403 24xlarge=9.0605 metal-24xl=9.6204 48xlarge=18.121 metal-48xl=19.2408
i7ie large=.2599 xlarge=.5198 2xlarge=1.0396 3xlarge=1.5594 6xlarge=3.1188 12xlarge=6.2376 18xlarge=9.3564 24xlarge=12.4752 metal-24xl=13.2844 48xlarge=24.9504 metal-48xl=26.5687
i8g large=.1716 xlarge=.3432 2xlarge=.6864 4xlarge=1.3728 8xlarge=2.7456 12xlarge=4.1184 16xlarge=5.4912 24xlarge=8.2368 metal-24xl=9.06048 48xlarge=16.4736 metal-48xl=18.12096
i8ge large=.2373 xlarge=.4746 2xlarge=.9492 3xlarge=1.4238 6xlarge=2.8476 12xlarge=5.6952 18xlarge=8.5428 24xlarge=11.3904 metal-24xl=12.1313 48xlarge=22.7808 metal-48xl=24.2626
im4gn large=.1819 xlarge=.36379 2xlarge=.72758 4xlarge=1.45517 8xlarge=2.91034 16xlarge=5.82067
inf1 xlarge=.228 2xlarge=.362 6xlarge=1.18 24xlarge=4.721
inf2 xlarge=.7582 8xlarge=1.96786 24xlarge=6.49063 48xlarge=12.98127
is4gen medium=.14408 large=.28815 xlarge=.5763 2xlarge=1.1526 4xlarge=2.3052 8xlarge=4.6104
m1 small=.044 medium=.087 large=.175 xlarge=.35
m2 xlarge=.245 2xlarge=.49 4xlarge=.98
m3 medium=.067 large=.133 xlarge=.266 2xlarge=.532
m4 large=.1 xlarge=.2 2xlarge=.4 4xlarge=.8 10xlarge=2 16xlarge=3.2
m5 large=.096 xlarge=.192 2xlarge=.384 4xlarge=.768 8xlarge=1.536 12xlarge=2.304 16xlarge=3.072 24xlarge=4.608 metal=4.608
m5a large=.086 xlarge=.172 2xlarge=.344 4xlarge=.688 8xlarge=1.376 12xlarge=2.064 16xlarge=2.752 24xlarge=4.128
m5ad large=.103 xlarge=.206 2xlarge=.412 4xlarge=.824 8xlarge=1.648 12xlarge=2.472 16xlarge=3.296 24xlarge=4.944
m5d large=.113 xlarge=.226 2xlarge=.452 4xlarge=.904 8xlarge=1.808 12xlarge=2.712 16xlarge=3.616 24xlarge=5.424 metal=5.424
m5dn large=.136 xlarge=.272 2xlarge=.544 4xlarge=1.088 8xlarge=2.176 12xlarge=3.264 16xlarge=4.352 24xlarge=6.528 metal=6.528
m5n large=.119 xlarge=.238 2xlarge=.476 4xlarge=.952 8xlarge=1.904 12xlarge=2.856 16xlarge=3.808 24xlarge=5.712 metal=5.712
m5zn large=.1652 xlarge=.3303 2xlarge=.6607 3xlarge=.991 6xlarge=1.982 12xlarge=3.9641 metal=4.3605
m6a large=.0864 xlarge=.1728 2xlarge=.3456 4xlarge=.6912 8xlarge=1.3824 12xlarge=2.0736 16xlarge=2.7648 24xlarge=4.1472 32xlarge=5.5296 48xlarge=8.2944 metal=8.2944
m6g medium=.0385 large=.077 xlarge=.154 2xlarge=.308 4xlarge=.616 8xlarge=1.232 12xlarge=1.848 16xlarge=2.464 metal=2.6112
m6gd medium=.0452 large=.0904 xlarge=.1808 2xlarge=.3616 4xlarge=.7232 8xlarge=1.4464 12xlarge=2.1696 16xlarge=2.8928 metal=3.0664
m6i large=.096 xlarge=.192 2xlarge=.384 4xlarge=.768 8xlarge=1.536 12xlarge=2.304 16xlarge=3.072 24xlarge=4.608 32xlarge=6.144 metal=6.144
m6id large=.11865 xlarge=.2373 2xlarge=.4746 4xlarge=.9492 8xlarge=1.8984 12xlarge=2.8476 16xlarge=3.7968 24xlarge=5.6952 32xlarge=7.5936 metal=7.5936
m6idn large=.15912 xlarge=.31824 2xlarge=.63648 4xlarge=1.27296 8xlarge=2.54592 12xlarge=3.81888 16xlarge=5.09184 24xlarge=7.63776 32xlarge=10.18368 metal=10.18368
m6in large=.13923 xlarge=.27846 2xlarge=.55692 4xlarge=1.11384 8xlarge=2.22768 12xlarge=3.34152 16xlarge=4.45536 24xlarge=6.68304 32xlarge=8.91072 metal=8.91072
m7a medium=.05796 large=.11592 xlarge=.23184 2xlarge=.46368 4xlarge=.92736 8xlarge=1.85472 12xlarge=2.78208 16xlarge=3.70944 24xlarge=5.56416 32xlarge=7.41888 48xlarge=11.12832 metal-48xl=11.12832
m7g medium=.0408 large=.0816 xlarge=.1632 2xlarge=.3264 4xlarge=.6528 8xlarge=1.3056 12xlarge=1.9584 16xlarge=2.6112 metal=2.6112
m7gd medium=.0534 large=.1068 xlarge=.2136 2xlarge=.4271 4xlarge=.8543 8xlarge=1.7086 12xlarge=2.5628 16xlarge=3.4171 metal=3.4171
m7i large=.1008 xlarge=.2016 2xlarge=.4032 4xlarge=.8064 8xlarge=1.6128 12xlarge=2.4192 16xlarge=3.2256 24xlarge=4.8384 metal-24xl=5.32224 48xlarge=9.6768 metal-48xl=9.6768
m7i-flex large=.09576 xlarge=.19152 2xlarge=.38304 4xlarge=.76608 8xlarge=1.53216 12xlarge=2.29824 16xlarge=3.06432
m8a medium=.06086 large=.12172 xlarge=.24344 2xlarge=.48688 4xlarge=.97376 8xlarge=1.94752 12xlarge=2.92128 16xlarge=3.89504 24xlarge=5.84256 metal-24xl=6.42682 48xlarge=11.68512 metal-48xl=11.68512
m8azn medium=.10323 large=.20646 xlarge=.41292 3xlarge=1.23876 6xlarge=2.47752 12xlarge=4.95504 metal-12xl=5.45054 24xlarge=9.91008 metal-24xl=10.90109
m8g medium=.04488 large=.08976 xlarge=.17952 2xlarge=.35904 4xlarge=.71808 8xlarge=1.43616 12xlarge=2.15424 16xlarge=2.87232 24xlarge=4.30848 metal-24xl=4.73933 48xlarge=8.61696 metal-48xl=8.61696
m8gb medium=.07275 large=.1455 xlarge=.291 2xlarge=.582 4xlarge=1.164 8xlarge=2.328 12xlarge=3.492 16xlarge=4.656 24xlarge=6.984 48xlarge=13.968 metal-48xl=13.968 metal-24xl=14.80608
m8gd medium=.05766 large=.11532 xlarge=.23064 2xlarge=.46128 4xlarge=.92256 8xlarge=1.84512 12xlarge=2.76768 16xlarge=3.69024 24xlarge=5.53536 metal-24xl=6.0889 48xlarge=11.07072 metal-48xl=11.07072
m8gn medium=.0728 large=.1455 xlarge=.291 2xlarge=.582 4xlarge=1.164 8xlarge=2.328 12xlarge=3.492 16xlarge=4.656 24xlarge=6.984 metal-24xl=7.403 48xlarge=13.968 metal-48xl=13.968
m8i large=.10584 xlarge=.21168 2xlarge=.42336 4xlarge=.84672 8xlarge=1.69344 12xlarge=2.54016 16xlarge=3.38688 24xlarge=5.08032 32xlarge=6.77376 48xlarge=10.16064 metal-48xl=10.16064 96xlarge=20.32128 metal-96xl=20.32128
m8i-flex large=.10055 xlarge=.2011 2xlarge=.4022 4xlarge=.8044 8xlarge=1.6088 12xlarge=2.4132 16xlarge=3.2176
m8ib large=.16708 xlarge=.33416 2xlarge=.66832 4xlarge=1.33664 8xlarge=2.67328 12xlarge=4.00992 16xlarge=5.34656 24xlarge=8.01984 32xlarge=10.69312 48xlarge=16.03968 metal-48xl=17.64365 96xlarge=32.07936 metal-96xl=32.07936
m8id large=.13052 xlarge=.26104 2xlarge=.52208 4xlarge=1.04416 8xlarge=2.08832 12xlarge=3.13248 16xlarge=4.17664 24xlarge=6.26496 32xlarge=8.35328 48xlarge=12.52992 metal-48xl=12.52992 96xlarge=25.05984 metal-96xl=25.05984
m8idb large=.19094 xlarge=.38188 2xlarge=.76376 4xlarge=1.52752 8xlarge=3.05504 12xlarge=4.58256 16xlarge=6.11008 24xlarge=9.16512 32xlarge=12.22016 48xlarge=18.33024 metal-48xl=20.16326 96xlarge=36.66048 metal-96xl=36.66048
m8idn large=.19094 xlarge=.38188 2xlarge=.76376 4xlarge=1.52752 8xlarge=3.05504 12xlarge=4.58256 16xlarge=6.11008 24xlarge=9.16512 32xlarge=12.22016 48xlarge=18.33024 metal-48xl=20.16326 96xlarge=36.66048 metal-96xl=36.66048
m8in large=.16708 xlarge=.33416 2xlarge=.66832 4xlarge=1.33664 8xlarge=2.67328 12xlarge=4.00992 16xlarge=5.34656 24xlarge=8.01984 32xlarge=10.69312 48xlarge=16.03968 metal-48xl=17.64365 96xlarge=32.07936 metal-96xl=32.07936
m8ine large=.20885 xlarge=.4177 2xlarge=.8354 4xlarge=1.6708 8xlarge=3.3416 12xlarge=5.0124
m9g medium=.04892 large=.09784 xlarge=.19568 2xlarge=.39136 4xlarge=.78272 8xlarge=1.56544 12xlarge=2.34816 16xlarge=3.13088 24xlarge=4.69632 48xlarge=9.39264 metal-48xl=10.3319
m9gd medium=.06285 large=.1257 xlarge=.2514 2xlarge=.5028 4xlarge=1.0056 8xlarge=2.0112 12xlarge=3.0168 16xlarge=4.0224 24xlarge=6.0336 48xlarge=12.0672 metal-48xl=13.27392
p3dn 24xlarge=31.212
p4d 24xlarge=21.957642
p4de 24xlarge=27.44705
p5 4xlarge=6.88 48xlarge=55.04
p5en 48xlarge=63.296
p6-b200 48xlarge=113.9328
p6-b300 48xlarge=142.416
r3 large=.166 xlarge=.333 2xlarge=.665 4xlarge=1.33 8xlarge=2.66
r4 large=.133 xlarge=.266 2xlarge=.532 4xlarge=1.064 8xlarge=2.128 16xlarge=4.256
r5 large=.126 xlarge=.252 2xlarge=.504 4xlarge=1.008 8xlarge=2.016 12xlarge=3.024 16xlarge=4.032 24xlarge=6.048 metal=6.048
r5a large=.113 xlarge=.226 2xlarge=.452 4xlarge=.904 8xlarge=1.808 12xlarge=2.712 16xlarge=3.616 24xlarge=5.424
r5ad large=.131 xlarge=.262 2xlarge=.524 4xlarge=1.048 8xlarge=2.096 12xlarge=3.144 16xlarge=4.192 24xlarge=6.288
r5b large=.149 xlarge=.298 2xlarge=.596 4xlarge=1.192 8xlarge=2.384 12xlarge=3.576 16xlarge=4.768 24xlarge=7.152 metal=7.8672
r5d large=.144 xlarge=.288 2xlarge=.576 4xlarge=1.152 8xlarge=2.304 12xlarge=3.456 16xlarge=4.608 24xlarge=6.912 metal=6.912
r5dn large=.167 xlarge=.334 2xlarge=.668 4xlarge=1.336 8xlarge=2.672 12xlarge=4.008 16xlarge=5.344 24xlarge=8.016 metal=8.016
r5n large=.149 xlarge=.298 2xlarge=.596 4xlarge=1.192 8xlarge=2.384 12xlarge=3.576 16xlarge=4.768 24xlarge=7.152 metal=7.152
r6a large=.1134 xlarge=.2268 2xlarge=.4536 4xlarge=.9072 8xlarge=1.8144 12xlarge=2.7216 16xlarge=3.6288 24xlarge=5.4432 32xlarge=7.2576 48xlarge=10.8864 metal=10.8864
r6g medium=.0504 large=.1008 xlarge=.2016 2xlarge=.4032 4xlarge=.8064 8xlarge=1.6128 12xlarge=2.4192 16xlarge=3.2256 metal=3.4191
r6gd medium=.0576 large=.1152 xlarge=.2304 2xlarge=.4608 4xlarge=.9216 8xlarge=1.8432 12xlarge=2.7648 16xlarge=3.6864 metal=3.9076
r6i large=.126 xlarge=.252 2xlarge=.504 4xlarge=1.008 8xlarge=2.016 12xlarge=3.024 16xlarge=4.032 24xlarge=6.048 32xlarge=8.064 metal=8.064
r6id large=.1512 xlarge=.3024 2xlarge=.6048 4xlarge=1.2096 8xlarge=2.4192 12xlarge=3.6288 16xlarge=4.8384 24xlarge=7.2576 32xlarge=9.6768 metal=9.6768
r6idn large=.19539 xlarge=.39078 2xlarge=.78156 4xlarge=1.56312 8xlarge=3.12624 12xlarge=4.68936 16xlarge=6.25248 24xlarge=9.37872 32xlarge=12.50496 metal=12.50496
r6in large=.17433 xlarge=.34866 2xlarge=.69732 4xlarge=1.39464 8xlarge=2.78928 12xlarge=4.18392 16xlarge=5.57856 24xlarge=8.36784 32xlarge=11.15712 metal=11.15712
r7a medium=.07608 large=.15215 xlarge=.3043 2xlarge=.6086 4xlarge=1.2172 8xlarge=2.4344 12xlarge=3.6516 16xlarge=4.8688 24xlarge=7.3032 32xlarge=9.7376 48xlarge=14.6064 metal-48xl=14.6064
r7g medium=.0536 large=.1071 xlarge=.2142 2xlarge=.4284 4xlarge=.8568 8xlarge=1.7136 12xlarge=2.5704 16xlarge=3.4272 metal=3.4272
r7gd medium=.068 large=.1361 xlarge=.2722 2xlarge=.5443 4xlarge=1.0886 8xlarge=2.1773 12xlarge=3.2659 16xlarge=4.3546 metal=4.3546
r7i large=.1323 xlarge=.2646 2xlarge=.5292 4xlarge=1.0584 8xlarge=2.1168 12xlarge=3.1752 16xlarge=4.2336 24xlarge=6.3504 metal-24xl=6.98544 48xlarge=12.7008 metal-48xl=12.7008
r7iz large=.186 xlarge=.372 2xlarge=.744 4xlarge=1.488 8xlarge=2.976 12xlarge=4.464 16xlarge=5.952 metal-16xl=6.5472 32xlarge=11.904 metal-32xl=13.0944
r8a medium=.07988 large=.15976 xlarge=.31952 2xlarge=.63904 4xlarge=1.27808 8xlarge=2.55616 12xlarge=3.83424 16xlarge=5.11232 24xlarge=7.66848 metal-24xl=8.43533 48xlarge=15.33696 metal-48xl=15.33696
r8g medium=.05891 large=.11782 xlarge=.23564 2xlarge=.47128 4xlarge=.94256 8xlarge=1.88512 12xlarge=2.82768 16xlarge=3.77024 24xlarge=5.65536 metal-24xl=6.2209 48xlarge=11.31072 metal-48xl=11.31072
r8gb medium=.09109 large=.18218 xlarge=.36436 2xlarge=.72872 4xlarge=1.45744 8xlarge=2.91488 12xlarge=4.37232 16xlarge=5.82976 24xlarge=8.74464 48xlarge=17.48928 metal-48xl=17.48928 metal-24xl=18.53864
r8gd medium=.07348 large=.14696 xlarge=.29392 2xlarge=.58784 4xlarge=1.17568 8xlarge=2.35136 12xlarge=3.52704 16xlarge=4.70272 24xlarge=7.05408 metal-24xl=7.75949 48xlarge=14.10816 metal-48xl=14.10816
r8gn medium=.0911 large=.1822 xlarge=.3644 2xlarge=.7287 4xlarge=1.4574 8xlarge=2.9149 12xlarge=4.3723 16xlarge=5.8298 24xlarge=8.7446 metal-24xl=9.2693 48xlarge=17.4893 metal-48xl=17.4893
r8i large=.13892 xlarge=.27784 2xlarge=.55568 4xlarge=1.11136 8xlarge=2.22272 12xlarge=3.33408 16xlarge=4.44544 24xlarge=6.66816 32xlarge=8.89088 48xlarge=13.33632 metal-48xl=14.66995 96xlarge=26.67264 metal-96xl=26.67264
r8i-flex large=.13197 xlarge=.26394 2xlarge=.52788 4xlarge=1.05576 8xlarge=2.11152 12xlarge=3.16728 16xlarge=4.22304
r8ib large=.2092 xlarge=.4184 2xlarge=.8368 4xlarge=1.6736 8xlarge=3.3472 12xlarge=5.0208 16xlarge=6.6944 24xlarge=10.0416 32xlarge=13.3888 48xlarge=20.0832 metal-48xl=22.09152 96xlarge=40.1664 metal-96xl=40.1664
r8id large=.16632 xlarge=.33264 2xlarge=.66528 4xlarge=1.33056 8xlarge=2.66112 12xlarge=3.99168 16xlarge=5.32224 24xlarge=7.98336 32xlarge=10.64448 48xlarge=15.96672 metal-48xl=17.56339 96xlarge=31.93344 metal-96xl=31.93344
r8idb large=.23447 xlarge=.46894 2xlarge=.93788 4xlarge=1.87576 8xlarge=3.75152 12xlarge=5.62728 16xlarge=7.50304 24xlarge=11.25456 32xlarge=15.00608 48xlarge=22.50912 metal-48xl=24.76003 96xlarge=45.01824 metal-96xl=45.01824
r8idn large=.23447 xlarge=.46894 2xlarge=.93788 4xlarge=1.87576 8xlarge=3.75152 12xlarge=5.62728 16xlarge=7.50304 24xlarge=11.25456 32xlarge=15.00608 48xlarge=22.50912 metal-48xl=24.76003 96xlarge=45.01824 metal-96xl=45.01824
r8in large=.2092 xlarge=.4184 2xlarge=.8368 4xlarge=1.6736 8xlarge=3.3472 12xlarge=5.0208 16xlarge=6.6944 24xlarge=10.0416 32xlarge=13.3888 48xlarge=20.0832 metal-48xl=22.09152 96xlarge=40.1664 metal-96xl=40.1664
t1 micro=.02
t2 nano=.0058 micro=.0116 small=.023 medium=.0464 large=.0928 xlarge=.1856 2xlarge=.3712
t3 nano=.0052 micro=.0104 small=.0208 medium=.0416 large=.0832 xlarge=.1664 2xlarge=.3328
t3a nano=.0047 micro=.0094 small=.0188 medium=.0376 large=.0752 xlarge=.1504 2xlarge=.3008
t4g nano=.0042 micro=.0084 small=.0168 medium=.0336 large=.0672 xlarge=.1344 2xlarge=.2688
trn1 2xlarge=1.34375 32xlarge=21.5
trn1n 32xlarge=24.78
u-3tb1 56xlarge=27.3
u-6tb1 56xlarge=46.40391 112xlarge=54.6
u7i-12tb 224xlarge=125.58182
u7i-6tb 112xlarge=62.79
u7i-8tb 112xlarge=83.72
u7in-16tb 224xlarge=180.47558
u7in-24tb 224xlarge=270.73128
u7in-32tb 224xlarge=360.98695
vt1 3xlarge=.65 6xlarge=1.3 24xlarge=5.2
x1 16xlarge=6.669 32xlarge=13.338
x1e xlarge=.834 2xlarge=1.668 4xlarge=3.336 8xlarge=6.672 16xlarge=13.344 32xlarge=26.688
x2gd medium=.0835 large=.167 xlarge=.334 2xlarge=.668 4xlarge=1.336 8xlarge=2.672 12xlarge=4.008 16xlarge=5.344 metal=5.8784
x2idn 16xlarge=6.669 24xlarge=10.0035 32xlarge=13.338 metal=13.338
x2iedn xlarge=.83363 2xlarge=1.66725 4xlarge=3.3345 8xlarge=6.669 16xlarge=13.338 24xlarge=20.007 32xlarge=26.676 metal=26.676
x2iezn 2xlarge=1.668 4xlarge=3.336 6xlarge=5.004 8xlarge=6.672 12xlarge=10.008 metal=10.008
x8g medium=.0977 large=.1954 xlarge=.3908 2xlarge=.7816 4xlarge=1.5632 8xlarge=3.1264 12xlarge=4.6896 16xlarge=6.2528 24xlarge=9.3792 metal-24xl=10.31712 48xlarge=18.7584 metal-48xl=18.7584
x8i large=.21883 xlarge=.43766 2xlarge=.87532 4xlarge=1.75064 8xlarge=3.50128 12xlarge=5.25192 16xlarge=7.00256 24xlarge=10.50384 32xlarge=14.00512 48xlarge=21.00768 metal-48xl=23.10845 64xlarge=28.01024 96xlarge=48.74438 metal-96xl=48.74438
z1d large=.186 xlarge=.372 2xlarge=.744 3xlarge=1.116 6xlarge=2.232 12xlarge=4.464 metal=4.464
`;
